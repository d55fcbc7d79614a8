//! What `Lazy` is in Python.

use pyo3::basic::CompareOp;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyType};

use super::Lazy;
use super::object::world;
use super::pieces::Pieces;
use crate::world::kind::Kind;

/// How many bytes an iterator reads at a time.
const AT_ONCE: u32 = 64 << 10;

#[pymethods]
impl Lazy {
    /// All of it.
    #[pyo3(name = "materialize")]
    fn py_materialize<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.materialize(py)
    }

    /// How many elements it has; of a string, how many bytes of UTF-8. Nothing is read for that.
    #[getter]
    fn size(&self) -> u32 {
        self.length()
    }

    /// Whether it was not read, or parts only.
    #[getter(unread)]
    fn py_unread(&self) -> bool {
        self.is_unread()
    }

    /// Pieces of it, each with so many elements at most; of a string, with so many bytes.
    fn pieces(this: &Bound<'_, Self>, count: u32) -> PyResult<Pieces> {
        match &this.get().ty(world()?).kind {
            _ if count == 0 => Err(PyValueError::new_err("a piece has an element at least")),
            Kind::Map(_) => Err(PyValueError::new_err("a map has no pieces")),
            _ => Ok(Pieces::new(this, count)),
        }
    }

    /// `Lazy[str, str]`, in annotations.
    #[classmethod]
    fn __class_getitem__<'py>(class: &Bound<'py, PyType>, item: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        PyModule::import(item.py(), "types")?.getattr("GenericAlias")?.call1((class, item))
    }

    /// Of a string, the number of characters, for which it is read.
    fn __len__(&self, py: Python<'_>) -> PyResult<usize> {
        match self.is_text(world()?) {
            true => self.materialize(py)?.len(),
            false => Ok(self.length() as usize),
        }
    }

    fn __bool__(&self) -> bool {
        self.length() != 0
    }

    fn __getitem__<'py>(&self, index: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.item(index.py(), index)
    }

    fn __iter__<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let (py, world) = (this.py(), world()?);
        let element = match &this.get().ty(world).kind {
            Kind::List(element, _) => world.ty(*element).size.max(1),
            Kind::String => 1,
            _ => return Ok(this.get().materialize(py)?.try_iter()?.into_any()),
        };
        let pieces = Bound::new(py, Pieces::new(this, (AT_ONCE / element).max(1)))?;
        let chain = PyModule::import(py, "itertools")?.getattr("chain")?;
        chain.call_method1("from_iterable", (pieces,))
    }

    fn __contains__(&self, value: &Bound<'_, PyAny>) -> PyResult<bool> {
        self.materialize(value.py())?.contains(value)
    }

    fn __str__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        self.materialize(py)?.str()
    }

    fn __bytes__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.get_type::<pyo3::types::PyBytes>().call1((self.materialize(py)?,))
    }

    fn __repr__(&self) -> PyResult<String> {
        let read = if self.is_unread() { "unread" } else { "read" };
        Ok(format!("<Lazy {}, size {}, {read}>", self.ty(world()?).name, self.length()))
    }

    fn __richcmp__<'py>(&self, other: &Bound<'py, PyAny>, operator: CompareOp) -> PyResult<Bound<'py, PyAny>> {
        self.materialize(other.py())?.rich_compare(whole(other)?, operator)
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        self.materialize(py)?.hash()
    }

    fn __add__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.materialize(other.py())?.add(whole(other)?)
    }

    fn __radd__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        other.add(self.materialize(other.py())?)
    }

    fn __mul__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.materialize(other.py())?.mul(other)
    }

    fn __format__<'py>(&self, form: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.materialize(form.py())?.call_method1("__format__", (form,))
    }

    /// Methods of what it stands for.
    fn __getattr__<'py>(&self, name: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyAny>> {
        self.materialize(name.py())?.getattr(name)
    }
}

/// What a lazy value stands for; another is itself.
fn whole<'py>(value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    match value.cast::<Lazy>() {
        Ok(lazy) => lazy.get().materialize(value.py()),
        Err(_) => Ok(value.clone()),
    }
}

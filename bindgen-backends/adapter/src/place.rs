//! Where values are.
//!
//! A representation is a type that implements [`Place`] (how to get from a value to its parts), and [`Lift`] (how it is read)
//! or [`Lower`] (how it is written), or both. Every pair of representations follows from that: see `translate`.

use std::rc::Rc;

use onramp_abi::{CoreType, Ty, Types};

use crate::{body::Body, gc::Node, route::Memory, scalar::Scalar, translate::Generator};

/// Which representation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Form {
    /// [`Flat`](crate::flat::Flat)
    Flat,
    /// [`Linear`](crate::linear::Linear)
    Linear,
    /// [`GcLift`](crate::gc::GcLift) or [`GcLower`](crate::gc::GcLower)
    Gc,
    /// [`Nowhere`](crate::nowhere::Nowhere)
    Nowhere,
}

/// Where a value is.
pub(crate) trait Place: Sized {
    const FORM: Form;

    /// Its core type, if it is a value of [`Form::Gc`].
    fn node(&self) -> Option<&Rc<Node>> {
        None
    }

    /// Where a field of a record is.
    fn field(&self, types: &Types<'_>, record: Ty, index: usize) -> Self;

    /// Where an element of a fixed-length list is.
    fn element(&self, types: &Types<'_>, element: Ty, index: u32) -> Self;

    /// Where the payload of a variant is when it is of this type.
    fn payload(&self, types: &Types<'_>, variant: Ty, payload: Ty) -> Self;

    /// Where the pointer (0) or the length (1) of a string or list is.
    fn word(&self, index: u32) -> Self;
}

/// Where a value is read.
pub(crate) trait Lift: Place {
    /// Pushes the number that is here.
    fn load(&self, body: &mut Body, scalar: Scalar);

    /// The parameters through which a helper function gets such a value.
    fn params(types: &Types<'_>, ty: Ty) -> Vec<CoreType>;

    /// In the helper: where the value is, whose parameters start with local `first`. `memory` is the sender's.
    fn of_params(types: &Types<'_>, memory: Memory, ty: Ty, first: u32) -> Self;

    /// Pushes the helper's arguments.
    fn push_arguments(&self, types: &Types<'_>, body: &mut Body, ty: Ty);

    /// Comes before parts are read; gives where they are read then, if that is not here.
    fn open(&self, _generator: &mut Generator<'_, '_>) -> Option<Self> {
        None
    }
}

/// Where a value is written.
pub(crate) trait Lower: Place {
    /// Comes before the number is pushed.
    fn prepare(&self, body: &mut Body);

    /// Writes the number on top of the stack.
    fn store(&self, body: &mut Body, scalar: Scalar);

    /// The parameters that tell a helper function where to write such a value, and what it returns of it.
    fn params_and_results(types: &Types<'_>, ty: Ty) -> (Vec<CoreType>, Vec<CoreType>);

    /// In the helper: where to write, if it is told by parameters from local `first` on. `memory` is the receiver's.
    fn of_params(types: &Types<'_>, body: &mut Body, memory: Memory, ty: Ty, first: u32) -> Self;

    /// In the helper, at its end: pushes what it returns.
    fn push_results(&self, body: &mut Body);

    /// Pushes the arguments that tell where to write.
    fn push_arguments(&self, body: &mut Body);

    /// Takes what the helper returned.
    fn take_results(&self, types: &Types<'_>, body: &mut Body, ty: Ty);

    /// Comes before the parts of a record are written, or of a short list of this length; gives where they are written then, if that
    /// is not here.
    fn open(&self, _generator: &mut Generator<'_, '_>, _parts: u32) -> Option<Self> {
        None
    }

    /// Comes when they are written, if they were not written into `whole`.
    fn close(&self, _generator: &mut Generator<'_, '_>, _whole: &Self) {}

    /// Where the payload of a case is written, if each case has an object of its own.
    fn open_case(&self, _generator: &mut Generator<'_, '_>, _case: usize) -> Self {
        unreachable!("cases are numbers here")
    }

    /// Comes when it is written.
    fn close_case(&self, _generator: &mut Generator<'_, '_>, _case: usize, _payload: Option<&Self>) {
        unreachable!("cases are numbers here")
    }
}

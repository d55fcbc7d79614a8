//! Values in a memory.

use onramp_abi::{CoreType, Shape, Ty, Types};

use crate::{
    body::Body,
    place::{Form, Lift, Lower, Place},
    route::Memory,
    scalar::Scalar,
};

/// A value in memory, at an address that is aligned and whose whole size is in bounds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Linear {
    memory: Memory,
    /// The local with the address.
    base: u32,
    offset: u32,
}

impl Linear {
    /// The value at the address in this local.
    pub(crate) fn at(memory: Memory, base: u32) -> Linear {
        Linear { memory, base, offset: 0 }
    }

    pub(crate) fn push_address(self, body: &mut Body) {
        body.code().local_get(self.base);
        if self.offset != 0 {
            body.code().i32_const(self.offset.cast_signed()).i32_add();
        }
    }

    /// Behind it in memory. Sizes of types, and so sums like this, fit: `onramp_abi` sees to that.
    fn plus(self, offset: u32) -> Linear {
        Linear { offset: self.offset + offset, ..self }
    }
}

impl Place for Linear {
    const FORM: Form = Form::Linear;

    fn field(&self, types: &Types<'_>, record: Ty, index: usize) -> Linear {
        let Shape::Record(fields) = &types[record].shape else { unreachable!("{} has fields", types[record].name) };
        self.plus(fields[index].offset)
    }

    fn element(&self, types: &Types<'_>, element: Ty, index: u32) -> Linear {
        self.plus(types[element].size * index)
    }

    fn payload(&self, types: &Types<'_>, variant: Ty, _payload: Ty) -> Linear {
        let Shape::Variant { payload, .. } = types[variant].shape else {
            unreachable!("{} has cases", types[variant].name)
        };
        self.plus(payload)
    }

    fn word(&self, index: u32) -> Linear {
        self.plus(4 * index)
    }
}

impl Lift for Linear {
    fn load(&self, body: &mut Body, scalar: Scalar) {
        let at = body.memarg(self.memory, self.offset, scalar.align_log2());
        body.code().local_get(self.base);
        scalar.load(&mut body.code(), at);
    }

    fn params(_types: &Types<'_>, _ty: Ty) -> Vec<CoreType> {
        vec![CoreType::I32]
    }

    fn of_params(_types: &Types<'_>, memory: Memory, _ty: Ty, first: u32) -> Linear {
        Linear::at(memory, first)
    }

    fn push_arguments(&self, _types: &Types<'_>, body: &mut Body, _ty: Ty) {
        self.push_address(body);
    }
}

impl Lower for Linear {
    fn prepare(&self, body: &mut Body) {
        body.code().local_get(self.base);
    }

    fn store(&self, body: &mut Body, scalar: Scalar) {
        let at = body.memarg(self.memory, self.offset, scalar.align_log2());
        scalar.store(&mut body.code(), at);
    }

    fn params_and_results(_types: &Types<'_>, _ty: Ty) -> (Vec<CoreType>, Vec<CoreType>) {
        (vec![CoreType::I32], Vec::new())
    }

    fn of_params(_types: &Types<'_>, _body: &mut Body, memory: Memory, _ty: Ty, first: u32) -> Linear {
        Linear::at(memory, first)
    }

    fn push_results(&self, _body: &mut Body) {}

    fn push_arguments(&self, body: &mut Body) {
        self.push_address(body);
    }

    fn take_results(&self, _types: &Types<'_>, _body: &mut Body, _ty: Ty) {}
}

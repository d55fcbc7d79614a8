//! Values that are read and not written: to count the bytes of what they refer to, or to give back the resources in them.

use onramp_abi::{CoreType, Ty, Types};

use crate::{
    body::Body,
    place::{Form, Lower, Place},
    route::Memory,
    scalar::Scalar,
};

/// Where nothing is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nowhere;

impl Place for Nowhere {
    const FORM: Form = Form::Nowhere;

    fn field(&self, _types: &Types<'_>, _record: Ty, _index: usize) -> Nowhere {
        Nowhere
    }

    fn element(&self, _types: &Types<'_>, _element: Ty, _index: u32) -> Nowhere {
        Nowhere
    }

    fn payload(&self, _types: &Types<'_>, _variant: Ty, _payload: Ty) -> Nowhere {
        Nowhere
    }

    fn word(&self, _index: u32) -> Nowhere {
        Nowhere
    }
}

impl Lower for Nowhere {
    fn prepare(&self, _body: &mut Body) {}

    fn store(&self, body: &mut Body, _scalar: Scalar) {
        body.code().drop();
    }

    fn params_and_results(_types: &Types<'_>, _ty: Ty) -> (Vec<CoreType>, Vec<CoreType>) {
        (Vec::new(), Vec::new())
    }

    fn of_params(_types: &Types<'_>, _body: &mut Body, _memory: Memory, _ty: Ty, _first: u32) -> Nowhere {
        Nowhere
    }

    fn push_results(&self, _body: &mut Body) {}

    fn push_arguments(&self, _body: &mut Body) {}

    fn take_results(&self, _types: &Types<'_>, _body: &mut Body, _ty: Ty) {}
}

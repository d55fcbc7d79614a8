//! Values in core values.

use onramp_abi::{CoreType, Shape, Ty, Types};

use crate::{
    body::Body,
    place::{Form, Lift, Lower, Place},
    route::Memory,
    scalar::{Scalar, coerce},
};

/// A value in locals. A local in a variant's payload has the type that all cases are joined to.
#[derive(Clone, Debug)]
pub(crate) struct Flat(Vec<Slot>);

#[derive(Clone, Copy, Debug)]
struct Slot {
    local: u32,
    ty: CoreType,
}

impl Flat {
    /// New locals for a value. They are zero, which is what payloads are padded with (`lower_flat_variant`).
    pub(crate) fn new(types: &Types<'_>, body: &mut Body, ty: Ty) -> Flat {
        Flat(flat(types, ty).iter().map(|ty| Slot { local: body.local((*ty).into()), ty: *ty }).collect())
    }

    /// Pushes all of them.
    pub(crate) fn push(&self, body: &mut Body) {
        for slot in &self.0 {
            body.code().local_get(slot.local);
        }
    }

    fn part(&self, start: usize, length: usize) -> Flat {
        Flat(self.0[start..start + length].to_vec())
    }
}

fn flat<'t>(types: &'t Types<'_>, ty: Ty) -> &'t [CoreType] {
    types.flat(ty).expect("what is in core values has few of them")
}

impl Place for Flat {
    const FORM: Form = Form::Flat;

    fn field(&self, types: &Types<'_>, record: Ty, index: usize) -> Flat {
        let Shape::Record(fields) = &types[record].shape else { unreachable!("{} has fields", types[record].name) };
        let start = fields[..index].iter().map(|field| flat(types, field.ty).len()).sum();
        self.part(start, flat(types, fields[index].ty).len())
    }

    fn element(&self, types: &Types<'_>, element: Ty, index: u32) -> Flat {
        let length = flat(types, element).len();
        self.part(length * index as usize, length)
    }

    fn payload(&self, types: &Types<'_>, _variant: Ty, payload: Ty) -> Flat {
        self.part(1, flat(types, payload).len())
    }

    fn word(&self, index: u32) -> Flat {
        self.part(index as usize, 1)
    }
}

impl Lift for Flat {
    fn load(&self, body: &mut Body, scalar: Scalar) {
        let slot = self.0[0];
        let mut code = body.code();
        code.local_get(slot.local);
        coerce(&mut code, slot.ty, scalar.core());
        scalar.reduce(&mut code);
    }

    fn params(types: &Types<'_>, ty: Ty) -> Vec<CoreType> {
        flat(types, ty).to_vec()
    }

    fn of_params(types: &Types<'_>, _memory: Memory, ty: Ty, first: u32) -> Flat {
        Flat((first..).zip(flat(types, ty)).map(|(local, ty)| Slot { local, ty: *ty }).collect())
    }

    fn push_arguments(&self, types: &Types<'_>, body: &mut Body, ty: Ty) {
        for (slot, own) in self.0.iter().zip(flat(types, ty)) {
            let mut code = body.code();
            code.local_get(slot.local);
            coerce(&mut code, slot.ty, *own);
        }
    }
}

impl Lower for Flat {
    fn prepare(&self, _body: &mut Body) {}

    fn store(&self, body: &mut Body, scalar: Scalar) {
        let slot = self.0[0];
        let mut code = body.code();
        coerce(&mut code, scalar.core(), slot.ty);
        code.local_set(slot.local);
    }

    fn params_and_results(types: &Types<'_>, ty: Ty) -> (Vec<CoreType>, Vec<CoreType>) {
        (Vec::new(), flat(types, ty).to_vec())
    }

    fn of_params(types: &Types<'_>, body: &mut Body, _memory: Memory, ty: Ty, _first: u32) -> Flat {
        Flat::new(types, body, ty)
    }

    fn push_results(&self, body: &mut Body) {
        self.push(body);
    }

    fn push_arguments(&self, _body: &mut Body) {}

    fn take_results(&self, types: &Types<'_>, body: &mut Body, ty: Ty) {
        for (slot, own) in self.0.iter().zip(flat(types, ty)).rev() {
            let mut code = body.code();
            coerce(&mut code, *own, slot.ty);
            code.local_set(slot.local);
        }
    }
}

//! Resources: the number of a handle in an `externref`.

use wasm_encoder::{BlockType, HeapType, RefType, StorageType, ValType};

use super::reference;
use crate::{assembly::Target, body::Body, module::Module};

/// Numbers below this are put into an `i31ref`, which any engine has without an object.
const SMALL: i32 = 1 << 30;

impl Module<'_> {
    /// The struct of a number that is not small.
    fn large_handle(&mut self) -> u32 {
        let field = wasm_encoder::FieldType { element_type: StorageType::Val(ValType::I32), mutable: false };
        self.assembly.types.add_struct(vec![field])
    }

    /// The function that makes a reference of a number: `(i32) -> (ref extern)`.
    pub(crate) fn wrap(&mut self) -> Target {
        const NAME: &str = "reference for a handle";
        if let Some(target) = self.gc_functions.get(NAME) {
            return *target;
        }
        let large = self.large_handle();
        let any = ValType::Ref(RefType { nullable: false, heap_type: HeapType::ANY });
        let result = ValType::Ref(RefType { nullable: false, heap_type: HeapType::EXTERN });
        let target = self.assembly.declare(NAME.to_owned(), &[ValType::I32], &[result]);
        let mut body = Body::new([ValType::I32]);
        let mut code = body.code();
        code.local_get(0).i32_const(SMALL).i32_lt_u().if_(BlockType::Result(any));
        code.local_get(0).ref_i31().else_().local_get(0).struct_new(large).end();
        code.extern_convert_any().end();
        self.assembly.define(target, body);
        self.gc_functions.insert(NAME.to_owned(), target);
        target
    }

    /// The function that takes the number out of a reference: `(externref) -> i32`. `name` is the type's, such as `own<r>`.
    pub(crate) fn unwrap(&mut self, name: &str) -> Target {
        let shown = format!("handle in {name}");
        if let Some(target) = self.gc_functions.get(&shown) {
            return *target;
        }
        let large = self.large_handle();
        let (null, none) = (self.trap(&format!("null in {name}")), self.trap(&format!("no handle in {name}")));
        let target = self.assembly.declare(shown.clone(), &[ValType::EXTERNREF], &[ValType::I32]);
        let mut body = Body::new([ValType::EXTERNREF]);
        let small = RefType { nullable: false, heap_type: HeapType::I31 };
        body.code().local_get(0).ref_is_null().if_(BlockType::Empty).i32_const(0);
        body.call(null);
        let ValType::Ref(of_large) = reference(large, false) else { unreachable!("it is a reference") };
        let mut code = body.code();
        code.end().block(BlockType::Result(reference(large, false))).block(BlockType::Result(ValType::Ref(small)));
        code.local_get(0).any_convert_extern();
        code.br_on_cast(0, RefType::ANYREF, small).br_on_cast(1, RefType::ANYREF, of_large);
        code.drop().i32_const(0);
        body.call(none);
        body.code().unreachable().end().i31_get_u().return_().end().struct_get(large, 0).end();
        self.assembly.define(target, body);
        self.gc_functions.insert(shown, target);
        target
    }
}

//! The code of the module of values that stay objects.

use onramp_abi::Role;
use onramp_abi::gc::{CoreTypes, Kind, Value};
use onramp_abi::kept::Access;
use wasm_encoder::{
    AbstractHeapType, BlockType, CodeSection, ConstExpr, EntityType, ExportKind, ExportSection, Function,
    FunctionSection, GlobalSection, GlobalType, HeapType, ImportSection, Instruction, Module, NameMap, NameSection,
    RefType, StorageType, TableSection, TableType, ValType,
};

/// The table, and the head of the list of its free slots: 0 is the end. A free slot has an i31, the next one.
const TABLE: u32 = 0;
const FREE: u32 = 0;

const ANY: RefType = RefType { nullable: true, heap_type: heap(AbstractHeapType::Any) };
const SOME: RefType = RefType { nullable: false, ..ANY };
const I31: HeapType = heap(AbstractHeapType::I31);

const fn heap(ty: AbstractHeapType) -> HeapType {
    HeapType::Abstract { shared: false, ty }
}

/// The sections so far.
#[derive(Default)]
pub(super) struct Code {
    imports: ImportSection,
    functions: FunctionSection,
    exports: ExportSection,
    code: CodeSection,
    names: NameMap,
    /// How many functions there are.
    count: u32,
    /// The index of the first of the table's functions: trap, put, get, take, drop.
    first: u32,
}

impl Code {
    /// An imported function.
    pub(super) fn import(&mut self, module: &str, field: &str, ty: u32) {
        self.imports.import(module, field, EntityType::Function(ty));
        self.names.append(self.count, &format!("function {field}"));
        self.count += 1;
    }

    fn define(&mut self, name: &str, ty: u32, locals: &[ValType], body: &[Instruction]) {
        let mut function = Function::new_with_locals_types(locals.iter().copied());
        body.iter().for_each(|instruction| {
            function.instruction(instruction);
        });
        function.instruction(&Instruction::End);
        self.functions.function(ty);
        self.code.function(&function);
        self.names.append(self.count, name);
        self.count += 1;
    }

    fn trap(&self) -> Instruction<'static> {
        Instruction::Call(self.first)
    }

    fn put(&self) -> Instruction<'static> {
        Instruction::Call(self.first + 1)
    }

    fn get(&self) -> Instruction<'static> {
        Instruction::Call(self.first + 2)
    }

    fn take(&self) -> Instruction<'static> {
        Instruction::Call(self.first + 3)
    }

    /// The table's functions.
    pub(super) fn table(&mut self, core: &mut CoreTypes) {
        self.first = self.count;
        let (some, any) = (ValType::Ref(SOME), ValType::Ref(ANY));
        let nothing = core.add_function(&[], &[]);
        self.define("onramp: no object behind the handle", nothing, &[], &[Instruction::Unreachable]);
        let put = core.add_function(&[some], &[ValType::I32]);
        self.define("onramp: keep an object", put, &[ValType::I32], &put_body());
        let get = core.add_function(&[ValType::I32], &[some]);
        self.define("onramp: look up an object", get, &[any], &get_body(&self.trap()));
        let take = [
            Instruction::LocalGet(0),
            self.get(),
            Instruction::LocalSet(1),
            Instruction::LocalGet(0),
            Instruction::GlobalGet(FREE),
            Instruction::RefI31,
            Instruction::TableSet(TABLE),
            Instruction::LocalGet(0),
            Instruction::GlobalSet(FREE),
            Instruction::LocalGet(1),
            Instruction::RefAsNonNull,
        ];
        self.define("onramp: give up an object", get, &[any], &take);
        let drop = core.add_function(&[ValType::I32], &[]);
        self.exports.export(super::DROP, ExportKind::Func, self.count);
        let body = [Instruction::LocalGet(0), self.take(), Instruction::Drop];
        self.define("onramp: drop an object", drop, &[], &body);
    }

    /// A function around the `inner`th import; of parameters and result, what stays an object.
    pub(super) fn function(
        &mut self,
        name: &str,
        ty: u32,
        role: Role,
        inner: u32,
        params: &[Option<impl AsRef<Value>>],
        result: Option<&Value>,
    ) {
        let mut body = Vec::new();
        for (index, kept) in params.iter().enumerate() {
            body.push(Instruction::LocalGet(index as u32));
            match (kept, role) {
                (None, _) => {}
                (Some(value), Role::Caller) => body.extend([self.get(), cast(value.as_ref())]),
                (Some(_), Role::Callee) => body.push(self.put()),
            }
        }
        body.push(Instruction::Call(inner));
        match (result, role) {
            (None, _) => {}
            (Some(_), Role::Caller) => body.push(self.put()),
            (Some(value), Role::Callee) => body.extend([self.take(), cast(value)]),
        }
        self.exported(name, ty, &[], &body);
    }

    /// The function that keeps what it is given.
    pub(super) fn make(&mut self, name: &str, ty: u32) {
        self.exported(name, ty, &[], &[Instruction::LocalGet(0), self.put()]);
    }

    /// A function that reads an object.
    pub(super) fn access(&mut self, name: &str, ty: u32, value: &Value, access: Access, keeps: bool) {
        if let (Access::Case, Kind::Sum { cases, .. }) = (access, &value.kind) {
            let objects: Vec<u32> = cases.iter().map(|case| case.object).collect();
            return self.case(name, ty, &objects);
        }
        let mut body = vec![Instruction::LocalGet(0), self.get()];
        match (access, &value.kind) {
            (Access::Field(field), Kind::Record { object, fields }) => {
                body.push(Instruction::RefCastNonNull(HeapType::Concrete(*object)));
                body.push(read_field(*object, field as u32, fields[field].storage));
            }
            (Access::Payload(case), Kind::Sum { cases, .. }) => {
                let case = &cases[case];
                body.push(Instruction::RefCastNonNull(HeapType::Concrete(case.object)));
                body.extend(case.payload.iter().map(|payload| read_field(case.object, 0, payload.storage)));
            }
            (Access::Length, Kind::String { array, .. } | Kind::List { array, .. }) => {
                body.extend([Instruction::RefCastNonNull(HeapType::Concrete(*array)), Instruction::ArrayLen]);
            }
            (Access::Element, Kind::List { array, element }) => {
                body.extend([Instruction::RefCastNonNull(HeapType::Concrete(*array)), Instruction::LocalGet(1)]);
                body.extend(read_element(*array, element.storage));
            }
            _ => body.push(cast(value)),
        }
        if keeps {
            body.push(self.put());
        }
        self.exported(name, ty, &[], &body);
    }

    /// Which of the cases it is.
    fn case(&mut self, name: &str, ty: u32, cases: &[u32]) {
        let mut body = vec![Instruction::LocalGet(0), self.get(), Instruction::LocalSet(1)];
        for (number, case) in cases.iter().enumerate() {
            body.extend([
                Instruction::LocalGet(1),
                Instruction::RefTestNonNull(HeapType::Concrete(*case)),
                Instruction::If(BlockType::Empty),
                Instruction::I32Const(number as i32),
                Instruction::Return,
                Instruction::End,
            ]);
        }
        body.extend([self.trap(), Instruction::Unreachable]);
        self.exported(name, ty, &[ValType::Ref(ANY)], &body);
    }

    fn exported(&mut self, name: &str, ty: u32, locals: &[ValType], body: &[Instruction]) {
        self.exports.export(name, ExportKind::Func, self.count);
        self.define(&format!("onramp: {name}"), ty, locals, body);
    }

    /// The module.
    pub(super) fn finish(self, core: &CoreTypes) -> Vec<u8> {
        let mut module = Module::new();
        module.section(&core.section()).section(&self.imports).section(&self.functions);
        let mut tables = TableSection::new();
        // No handle is 0.
        tables.table(TableType { element_type: ANY, minimum: 1, maximum: None, table64: false, shared: false });
        let mut globals = GlobalSection::new();
        globals.global(GlobalType { val_type: ValType::I32, mutable: true, shared: false }, &ConstExpr::i32_const(0));
        let mut names = NameSection::new();
        names.functions(&self.names);
        module.section(&tables).section(&globals).section(&self.exports).section(&self.code).section(&names);
        module.finish()
    }
}

fn put_body() -> Vec<Instruction<'static>> {
    vec![
        Instruction::GlobalGet(FREE),
        Instruction::LocalTee(1),
        Instruction::If(BlockType::Empty),
        Instruction::LocalGet(1),
        Instruction::TableGet(TABLE),
        Instruction::RefCastNonNull(I31),
        Instruction::I31GetU,
        Instruction::GlobalSet(FREE),
        Instruction::LocalGet(1),
        Instruction::LocalGet(0),
        Instruction::TableSet(TABLE),
        Instruction::Else,
        Instruction::LocalGet(0),
        Instruction::I32Const(1),
        Instruction::TableGrow(TABLE),
        Instruction::LocalTee(1),
        Instruction::I32Const(-1),
        Instruction::I32Eq,
        Instruction::If(BlockType::Empty),
        Instruction::Unreachable,
        Instruction::End,
        Instruction::End,
        Instruction::LocalGet(1),
    ]
}

fn get_body(trap: &Instruction<'static>) -> Vec<Instruction<'static>> {
    let or_trap = [Instruction::If(BlockType::Empty), trap.clone(), Instruction::End];
    let mut body = vec![Instruction::LocalGet(0), Instruction::TableSize(TABLE), Instruction::I32GeU];
    body.extend(or_trap.clone());
    body.extend([
        Instruction::LocalGet(0),
        Instruction::TableGet(TABLE),
        Instruction::LocalTee(1),
        Instruction::RefIsNull,
    ]);
    body.extend(or_trap.clone());
    body.extend([Instruction::LocalGet(1), Instruction::RefTestNonNull(I31)]);
    body.extend(or_trap);
    body.extend([Instruction::LocalGet(1), Instruction::RefAsNonNull]);
    body
}

/// Makes an object of any type one of this.
fn cast(value: &Value) -> Instruction<'static> {
    let ty = match &value.kind {
        Kind::String { array, .. } | Kind::List { array, .. } => *array,
        Kind::Record { object, .. } => *object,
        Kind::Sum { base, .. } => *base,
        Kind::Scalar | Kind::Handle => unreachable!("what is kept is an object"),
    };
    Instruction::RefCastNonNull(HeapType::Concrete(ty))
}

fn read_field(struct_type_index: u32, field_index: u32, storage: StorageType) -> Instruction<'static> {
    match storage {
        StorageType::I8 | StorageType::I16 => Instruction::StructGetU { struct_type_index, field_index },
        StorageType::Val(_) => Instruction::StructGet { struct_type_index, field_index },
    }
}

fn read_element(array: u32, storage: StorageType) -> Vec<Instruction<'static>> {
    match storage {
        StorageType::I8 | StorageType::I16 => vec![Instruction::ArrayGetU(array)],
        StorageType::Val(ValType::Ref(_)) => vec![Instruction::ArrayGet(array), Instruction::RefAsNonNull],
        StorageType::Val(_) => vec![Instruction::ArrayGet(array)],
    }
}

//! Canonical options, and the built-ins that one component instance shares: those for async. A guest that has them is never put into
//! an instance with others (`Shape::shares`), but it can be linked by itself.

use anyhow::{Result, bail};
use wasm_encoder::CanonicalOption;
use wasm_encoder::reencode::{Reencode, ReencodeComponent, RoundtripReencoder};
use wasmparser::{CanonicalFunction, ComponentValType};

use super::{Maps, Writer};

impl Writer<'_> {
    /// The options with their indices moved.
    pub(super) fn options(&self, node: usize, options: &[wasmparser::CanonicalOption]) -> Result<Vec<CanonicalOption>> {
        let maps = &self.maps[node];
        let function = |index: &u32| maps.core_funcs[*index as usize];
        let option = |option: &wasmparser::CanonicalOption| {
            Ok(match option {
                wasmparser::CanonicalOption::UTF8 => CanonicalOption::UTF8,
                wasmparser::CanonicalOption::UTF16 => CanonicalOption::UTF16,
                wasmparser::CanonicalOption::CompactUTF16 => CanonicalOption::CompactUTF16,
                wasmparser::CanonicalOption::Memory(index) => CanonicalOption::Memory(maps.memories[*index as usize]),
                wasmparser::CanonicalOption::Realloc(index) => CanonicalOption::Realloc(function(index)),
                wasmparser::CanonicalOption::PostReturn(index) => CanonicalOption::PostReturn(function(index)),
                wasmparser::CanonicalOption::Async => CanonicalOption::Async,
                wasmparser::CanonicalOption::Callback(index) => CanonicalOption::Callback(function(index)),
                wasmparser::CanonicalOption::CoreType(_) | wasmparser::CanonicalOption::Gc => {
                    bail!("GC options are not flattened")
                }
            })
        };
        options.iter().map(option).collect()
    }

    /// A built-in that is neither a lift nor a lower, nor one of resources.
    pub(super) fn shared_built_in(&mut self, node: usize, function: &CanonicalFunction) -> Result<u32> {
        let options = self.options(node, options_of(function))?;
        let Writer { builder, maps, .. } = self;
        let maps = &maps[node];
        let moved = |ty: &u32| maps.types[*ty as usize];
        let memory = |index: &u32| maps.memories[*index as usize];
        Ok(match function {
            CanonicalFunction::BackpressureInc => builder.backpressure_inc(),
            CanonicalFunction::BackpressureDec => builder.backpressure_dec(),
            CanonicalFunction::TaskReturn { result, .. } => builder.task_return(value_type(maps, *result), options),
            CanonicalFunction::TaskCancel => builder.task_cancel(),
            CanonicalFunction::ContextGet { ty, slot } => builder.context_get(RoundtripReencoder.val_type(*ty)?, *slot),
            CanonicalFunction::ContextSet { ty, slot } => builder.context_set(RoundtripReencoder.val_type(*ty)?, *slot),
            CanonicalFunction::ThreadYield => builder.thread_yield(),
            CanonicalFunction::SubtaskDrop => builder.subtask_drop(),
            CanonicalFunction::SubtaskCancel { async_ } => builder.subtask_cancel(*async_),
            CanonicalFunction::StreamNew { ty } => builder.stream_new(moved(ty)),
            CanonicalFunction::StreamRead { ty, .. } => builder.stream_read(moved(ty), options),
            CanonicalFunction::StreamWrite { ty, .. } => builder.stream_write(moved(ty), options),
            CanonicalFunction::StreamForward { ty } => builder.stream_forward(moved(ty)),
            CanonicalFunction::StreamCancelRead { ty, async_ } => builder.stream_cancel_read(moved(ty), *async_),
            CanonicalFunction::StreamCancelWrite { ty, async_ } => builder.stream_cancel_write(moved(ty), *async_),
            CanonicalFunction::StreamDropReadable { ty } => builder.stream_drop_readable(moved(ty)),
            CanonicalFunction::StreamDropWritable { ty } => builder.stream_drop_writable(moved(ty)),
            CanonicalFunction::FutureNew { ty } => builder.future_new(moved(ty)),
            CanonicalFunction::FutureRead { ty, .. } => builder.future_read(moved(ty), options),
            CanonicalFunction::FutureWrite { ty, .. } => builder.future_write(moved(ty), options),
            CanonicalFunction::FutureForward { ty } => builder.future_forward(moved(ty)),
            CanonicalFunction::FutureCancelRead { ty, async_ } => builder.future_cancel_read(moved(ty), *async_),
            CanonicalFunction::FutureCancelWrite { ty, async_ } => builder.future_cancel_write(moved(ty), *async_),
            CanonicalFunction::FutureDropReadable { ty } => builder.future_drop_readable(moved(ty)),
            CanonicalFunction::FutureDropWritable { ty } => builder.future_drop_writable(moved(ty)),
            CanonicalFunction::ErrorContextNew { .. } => builder.error_context_new(options),
            CanonicalFunction::ErrorContextDebugMessage { .. } => builder.error_context_debug_message(options),
            CanonicalFunction::ErrorContextDrop => builder.error_context_drop(),
            CanonicalFunction::WaitableSetNew => builder.waitable_set_new(),
            CanonicalFunction::WaitableSetWait { memory: index } => builder.waitable_set_wait(memory(index)),
            CanonicalFunction::WaitableSetPoll { memory: index } => builder.waitable_set_poll(memory(index)),
            CanonicalFunction::WaitableSetDrop => builder.waitable_set_drop(),
            CanonicalFunction::WaitableJoin => builder.waitable_join(),
            CanonicalFunction::Lift { .. }
            | CanonicalFunction::Lower { .. }
            | CanonicalFunction::ResourceNew { .. }
            | CanonicalFunction::ResourceDrop { .. }
            | CanonicalFunction::ResourceRep { .. } => bail!("this is no built-in that an instance shares"),
            other => bail!("it uses a built-in for threads, which cannot be linked yet: {other:?}"),
        })
    }
}

fn options_of(function: &CanonicalFunction) -> &[wasmparser::CanonicalOption] {
    match function {
        CanonicalFunction::TaskReturn { options, .. }
        | CanonicalFunction::StreamRead { options, .. }
        | CanonicalFunction::StreamWrite { options, .. }
        | CanonicalFunction::FutureRead { options, .. }
        | CanonicalFunction::FutureWrite { options, .. }
        | CanonicalFunction::ErrorContextNew { options }
        | CanonicalFunction::ErrorContextDebugMessage { options } => options,
        _ => &[],
    }
}

fn value_type(maps: &Maps, ty: Option<ComponentValType>) -> Option<wasm_encoder::ComponentValType> {
    ty.map(|ty| match ty {
        ComponentValType::Primitive(ty) => {
            wasm_encoder::ComponentValType::Primitive(RoundtripReencoder.component_primitive_val_type(ty))
        }
        ComponentValType::Type(index) => wasm_encoder::ComponentValType::Type(maps.types[index as usize]),
    })
}

//! Which functions may pass on what a guest was given, unread (`docs/abi/lazy.md`, forwarding).

use std::collections::{BTreeMap, BTreeSet};

use onramp_abi::{Lowering, Profile};
use onramp_adapter::Direction;

use crate::joint::{Function, Joint, Joints};

/// The values that guests get handles for from other guests: by node, whether in parameters or in results, and the number of their type.
pub(crate) struct Held(BTreeMap<usize, BTreeSet<(Direction, u32)>>);

impl Held {
    /// Over all fused connections.
    pub(crate) fn of(joints: &Joints) -> Self {
        let mut held: BTreeMap<usize, BTreeSet<_>> = BTreeMap::new();
        for ((consumer, provider), joints) in joints {
            for (joint, function) in joints.iter().flat_map(|joint| joint.functions.values().map(move |it| (joint, it)))
            {
                for (direction, key) in &function.passes {
                    let (receiver, profile) = match direction {
                        Direction::Call => (*provider, joint.profiles.1),
                        Direction::Return => (*consumer, joint.profiles.0),
                    };
                    if is_lazy(profile) {
                        held.entry(receiver).or_default().insert((*direction, *key));
                    }
                }
            }
        }
        Held(held)
    }

    /// Whether a function may pass on something: its sender is lazy and holds values of a type that the function passes. What it has
    /// from parameters dies with its call, so it cannot be returned (L9).
    pub(crate) fn may_be_passed_on(
        &self,
        (consumer, provider): (usize, usize),
        joint: &Joint,
        function: &Function,
    ) -> bool {
        let holds =
            |node: usize, direction, key| self.0.get(&node).is_some_and(|held| held.contains(&(direction, key)));
        function.passes.iter().any(|&(direction, key)| match direction {
            Direction::Call => {
                is_lazy(joint.profiles.0)
                    && (holds(consumer, Direction::Call, key) || holds(consumer, Direction::Return, key))
            }
            Direction::Return => is_lazy(joint.profiles.1) && holds(provider, Direction::Return, key),
        })
    }
}

fn is_lazy(profile: Profile) -> bool {
    profile.lowering() == Lowering::Lazy
}

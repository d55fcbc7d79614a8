//! The host of the cases: `note`, and resources of its own with functions that take and give them in every place of a type.

use anyhow::Result;
use wasmtime::StoreContextMut;
use wasmtime::StoreLimits;
use wasmtime::component::{ComponentType, Lift, Linker, LinkerInstance, Resource, ResourceType, WasmList};

/// What a store has.
pub struct Host {
    /// What the guests told the host.
    pub notes: Vec<String>,
    /// The memories that the guests showed it.
    pub watched: Vec<Watched>,
    pub limits: StoreLimits,
}

/// A part of a guest's memory.
pub struct Watched {
    guest: u32,
    place: WasmList<u8>,
    /// What was in it when the guest showed it.
    before: Vec<u8>,
}

/// A resource; its representation is its number.
pub enum Ticket {}

/// Another.
pub enum Stamp {}

/// A borrow in cases of different flat types.
#[derive(ComponentType, Lift)]
#[component(variant)]
enum Choice {
    #[component(name = "none")]
    None,
    #[component(name = "number")]
    Number(u64),
    #[component(name = "one")]
    One(Resource<Ticket>),
    #[component(name = "many")]
    Many(Vec<Resource<Ticket>>),
}

/// What `nested` takes.
type Nested = Vec<(Resource<Ticket>, Vec<Resource<Ticket>>)>;

/// What `spilled` takes: more than 16 core values.
type Spilled = (
    Resource<Ticket>,
    Resource<Ticket>,
    (u64, u64, u64, u64, u64, u64, u64),
    (u64, u64, u64, u64, u64, u64, u64),
    Vec<Resource<Ticket>>,
);

type Store<'s> = StoreContextMut<'s, Host>;

/// Defines a group's `host`; what a group does not import is not missed.
pub fn define(linker: &mut Linker<Host>, interface: &str) -> Result<()> {
    let mut instance = linker.instance(interface)?;
    instance.func_wrap("note", |mut store: Store, (number,): (u32,)| {
        note(&mut store, number);
        Ok(())
    })?;
    instance.func_wrap("watch", |mut store: Store, (guest, place): (u32, WasmList<u8>)| {
        let before = place.as_le_slice(&store).to_vec();
        let host = store.data_mut();
        host.notes.push(format!("watch {guest}"));
        host.watched.push(Watched { guest, place, before });
        Ok(())
    })?;
    // A ticket with number 0 is destroyed silently.
    instance.resource("ticket", ResourceType::host::<Ticket>(), |mut store: Store, number| {
        if number != 0 {
            note(&mut store, 1000 + number);
        }
        Ok(())
    })?;
    instance.resource("stamp", ResourceType::host::<Stamp>(), |_, _| Ok(()))?;
    takers(&mut instance)?;
    givers(&mut instance)
}

fn note(store: &mut Store, number: u32) {
    store.data_mut().notes.push(format!("note {number}"));
}

/// The places of the watched memories that are not as they were, as `expected.txt` has them. Each watched part begins at address 0.
pub fn changes(store: &wasmtime::Store<Host>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for Watched { guest, place, before } in &store.data().watched {
        let mut end = None;
        for (at, (was, is)) in before.iter().zip(place.as_le_slice(store)).enumerate() {
            if was == is {
                continue;
            }
            match lines.last_mut() {
                Some(line) if end == Some(at) => *line += &format!(" {is:02x}"),
                _ => lines.push(format!("memory {guest} at {at}: {is:02x}")),
            }
            end = Some(at + 1);
        }
    }
    lines
}

fn sum<'t>(tickets: impl IntoIterator<Item = &'t Resource<Ticket>>) -> u32 {
    tickets.into_iter().map(Resource::rep).sum()
}

fn takers(instance: &mut LinkerInstance<Host>) -> Result<()> {
    instance.func_wrap("[method]ticket.number", |_: Store, (it,): (Resource<Ticket>,)| Ok((it.rep(),)))?;
    instance.func_wrap("take", |_: Store, (it,): (Resource<Ticket>,)| Ok((it.rep(),)))?;
    instance.func_wrap("both", |_: Store, (_, _): (Resource<Ticket>, Resource<Ticket>)| Ok(()))?;
    instance.func_wrap("sum", |_: Store, (of,): (Vec<Resource<Ticket>>,)| Ok((sum(&of),)))?;
    instance.func_wrap("collect", |_: Store, (of,): (Vec<Resource<Ticket>>,)| Ok((sum(&of),)))?;
    instance
        .func_wrap("sums", |_: Store, (of,): (Vec<Vec<Resource<Ticket>>>,)| Ok((of.iter().map(sum).sum::<u32>(),)))?;
    instance.func_wrap("nested", |_: Store, (of,): (Nested,)| {
        Ok((of.iter().map(|(one, more)| one.rep() + sum(more)).sum::<u32>(),))
    })?;
    instance.func_wrap("choose", |_: Store, (it,): (Choice,)| Ok((chosen(&it),)))?;
    instance.func_wrap("choices", |_: Store, (of,): (Vec<Choice>,)| Ok((of.iter().map(chosen).sum::<u32>(),)))?;
    instance.func_wrap("spilled", |_: Store, (lent, given, _, _, more): Spilled| {
        let answer = (lent.rep(), given.rep(), sum(&more), Resource::<Ticket>::new_own(lent.rep() + given.rep()));
        Ok((answer,))
    })?;
    Ok(())
}

fn chosen(choice: &Choice) -> u32 {
    match choice {
        Choice::None => 0,
        Choice::Number(number) => *number as u32,
        Choice::One(ticket) => ticket.rep(),
        Choice::Many(tickets) => sum(tickets),
    }
}

fn givers(instance: &mut LinkerInstance<Host>) -> Result<()> {
    let ticket = Resource::<Ticket>::new_own;
    instance.func_wrap("[constructor]ticket", move |_: Store, (number,): (u32,)| Ok((ticket(number),)))?;
    instance
        .func_wrap("[constructor]stamp", |_: Store, (number,): (u32,)| Ok((Resource::<Stamp>::new_own(number),)))?;
    instance.func_wrap("issue", move |_: Store, (numbers,): (Vec<u32>,)| {
        Ok((numbers.into_iter().map(ticket).collect::<Vec<_>>(),))
    })?;
    instance.func_wrap("named", move |_: Store, (number,): (u32,)| Ok(((ticket(number), "named".to_owned()),)))?;
    instance.func_wrap("issue-nested", move |_: Store, (number,): (u32,)| {
        let even = (number + 1..number + 3).map(ticket).collect::<Vec<_>>();
        Ok((vec![("none".to_owned(), None), ("some".to_owned(), Some((ticket(number), even)))],))
    })?;
    instance.func_wrap("attempt", move |_: Store, (number,): (u32,)| {
        let result: Result<Resource<Ticket>, (u32, Resource<Stamp>)> = match number {
            0 => Err((7, Resource::new_own(8))),
            number => Ok(ticket(number)),
        };
        Ok((result,))
    })?;
    Ok(())
}

//! Where sources start threads.

use std::collections::HashMap;

use super::tokens::{Token, tokens};

/// What starts a thread, or is one, when it is called or when a class inherits from it.
const STARTERS: [&str; 11] = [
    "threading.Thread",
    "threading.Timer",
    "_thread.start_new_thread",
    "_thread.start_new",
    "_thread.start_joinable_thread",
    "concurrent.futures.ThreadPoolExecutor",
    "concurrent.futures.thread.ThreadPoolExecutor",
    "asyncio.to_thread",
    "asyncio.threads.to_thread",
    "logging.handlers.QueueListener",
    "socketserver.ThreadingMixIn",
];

/// The method of event loops that does.
const METHOD: &str = "run_in_executor";

/// A place that starts a thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// The line.
    pub line: usize,
    /// What starts it, as the source has it.
    pub name: String,
}

/// The places of a source that start threads, as far as names tell: what a source does by another name is not found, and what stands in a
/// function that nobody calls is.
pub fn of(source: &[u8]) -> Vec<Start> {
    let source = String::from_utf8_lossy(source);
    let tokens = tokens(&source);
    let mut names = HashMap::new();
    let mut starts = Vec::new();
    for statement in tokens.split(|(_, token)| matches!(token, Token::End | Token::Sign(';'))) {
        // `if x: import y`; a class or function in one line.
        for part in statement.split(|(_, token)| *token == Token::Sign(':')) {
            match part.first() {
                Some((_, Token::Word("import"))) => modules(&part[1..], &mut names),
                Some((_, Token::Word("from"))) => members(&part[1..], &mut names),
                _ => starts.extend(calls(part, &names)),
            }
        }
    }
    starts
}

type Names<'s> = HashMap<&'s str, String>;
type Part<'p, 's> = &'p [(usize, Token<'s>)];

/// The dotted name that some tokens begin with: its words, and how many tokens it has.
fn dotted<'s>(part: Part<'_, 's>) -> (Vec<&'s str>, usize) {
    let (mut words, mut length) = (Vec::new(), 0);
    while let Some((_, Token::Word(word))) = part.get(length) {
        words.push(*word);
        length += 1;
        match part.get(length) {
            Some((_, Token::Sign('.'))) => length += 1,
            _ => break,
        }
    }
    (words, length)
}

/// The name behind `as`, if there is one.
fn alias<'s>(part: Part<'_, 's>) -> Option<&'s str> {
    match part {
        [(_, Token::Word("as")), (_, Token::Word(name)), ..] => Some(name),
        _ => None,
    }
}

fn is_comma((_, token): &(usize, Token<'_>)) -> bool {
    *token == Token::Sign(',')
}

/// What `import a.b, c as d` gives names.
fn modules<'s>(part: Part<'_, 's>, names: &mut Names<'s>) {
    for module in part.split(is_comma) {
        let (words, length) = dotted(module);
        match (alias(&module[length..]), words.first()) {
            (Some(name), _) => drop(names.insert(name, words.join("."))),
            (None, Some(name)) => drop(names.insert(name, (*name).to_owned())),
            (None, None) => {}
        }
    }
}

/// What `from a.b import (c, d as e)` gives names.
fn members<'s>(part: Part<'_, 's>, names: &mut Names<'s>) {
    let (words, length) = dotted(part);
    let module = words.join(".");
    let [(_, Token::Word("import")), behind @ ..] = &part[length..] else { return };
    for member in behind.split(|token| is_comma(token) || matches!(token.1, Token::Sign('(' | ')'))) {
        if let Some((_, Token::Word(name))) = member.first() {
            names.insert(alias(&member[1..]).unwrap_or(name), format!("{module}.{name}"));
        }
    }
}

/// The calls and classes of a statement that start threads.
fn calls(part: Part<'_, '_>, names: &Names<'_>) -> Vec<Start> {
    let is_class = matches!(part.first(), Some((_, Token::Word("class"))));
    let (mut starts, mut place) = (Vec::new(), 0);
    while place < part.len() {
        let (words, length) = dotted(&part[place..]);
        let is_member = place > 0 && part[place - 1].1 == Token::Sign('.');
        let is_called = matches!(part.get(place + length), Some((_, Token::Sign('('))));
        let starts_one = match (is_member, words.split_first(), words.last()) {
            (_, _, Some(&METHOD)) => is_called && (is_member || words.len() > 1),
            (false, Some((first, rest)), _) => (is_called || is_class) && is_starter(names.get(first), rest),
            _ => false,
        };
        if starts_one {
            starts.push(Start { line: part[place].0, name: words.last().copied().unwrap_or_default().to_owned() });
        }
        place += length.max(1);
    }
    starts
}

fn is_starter(first: Option<&String>, rest: &[&str]) -> bool {
    first.is_some_and(|first| {
        let name = [&[first.as_str()], rest].concat().join(".");
        STARTERS.contains(&name.as_str())
    })
}

#[cfg(test)]
mod tests {
    fn found(source: &str) -> Vec<(usize, String)> {
        super::of(source.as_bytes()).into_iter().map(|start| (start.line, start.name)).collect()
    }

    #[test]
    fn what_starts_threads_is_found_by_its_name() {
        let source = "import threading as t, asyncio\nfrom concurrent.futures import (\n    Future,\n    ThreadPoolExecutor as Pool,\n)\n\
                      import concurrent.futures\nimport _thread\n\n\ndef f(x: t.Thread):\n    t.Thread(target=f).start()\n    with Pool(3) as p: pass\n\
                      \x20   concurrent.futures.ThreadPoolExecutor()\n    return [await asyncio.to_thread(print, t.Timer(\n        1, f))]\n\
                      class Worker(t.Thread): pass\nasyncio.get_event_loop().run_in_executor(None, f)\n_thread.start_new_thread(f, ())\n";
        let found = found(source);
        let found: Vec<_> = found.iter().map(|(line, name)| (*line, name.as_str())).collect();
        assert_eq!(
            found,
            [
                (11, "Thread"),
                (12, "Pool"),
                (13, "ThreadPoolExecutor"),
                (14, "to_thread"),
                (14, "Timer"),
                (16, "Thread"),
                (17, "run_in_executor"),
                (18, "start_new_thread"),
            ]
        );
    }

    #[test]
    fn what_only_looks_so_is_not() {
        let source = "import threading\nfrom timeit import Timer\nfrom mine import Thread\nlock = threading.Lock()\nTimer('x')\n\
                      Thread()\nself.Thread()\nisinstance(x, threading.Thread)\n'threading.Thread()'\n# threading.Thread()\n\
                      def run_in_executor(): pass\nx.threading.Thread()\n";
        assert_eq!(found(source), []);
    }
}

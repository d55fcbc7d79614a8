//! Receiving, reading and sending, on this machine: words are as wide as its pointers.

extern crate std;

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::mem::{MaybeUninit, size_of};

use super::fake::{Value, live, plain, put};
use super::*;

const WORD: usize = size_of::<usize>();

/// A list of strings: pointer and length of each, and the texts behind them.
fn texts(texts: &[&str]) -> u32 {
    let mut value = Value { element: 2 * WORD, ..Value::default() };
    let mut end = texts.len() * 2 * WORD;
    for (index, text) in texts.iter().enumerate() {
        value.pointers.push(index * 2 * WORD);
        value.bytes.extend(end.to_ne_bytes());
        value.bytes.extend(text.len().to_ne_bytes());
        end += text.len();
    }
    texts.iter().for_each(|text| value.bytes.extend(text.bytes()));
    put(value)
}

/// What eager code does with pointer and length.
unsafe fn own<T>(pointer: *mut u8, length: usize) -> Vec<T> {
    unsafe { Vec::from_raw_parts(pointer.cast(), length, length) }
}

#[test]
fn an_argument_is_an_allocation_of_its_own() {
    let handle = plain(4, &[1, 0, 0, 0, 2, 0, 0, 0]);
    let pointer = unsafe { argument(handle as usize as *mut u8, 2usize, 4, 4) };
    assert_eq!(unsafe { own::<u32>(pointer, 2) }, [1, 2]);
    assert_eq!(live(), 1, "the handle of a parameter dies by itself");
}

#[test]
fn words_may_lie_in_wider_ones() {
    let handle = plain(1, b"text");
    let word = unsafe { argument(MaybeUninit::new(u64::from(handle)), 4i64, 1, 1) };
    assert_eq!(unsafe { own::<u8>(word.assume_init() as *mut u8, 4) }, b"text");
}

#[test]
fn an_empty_value_has_no_handle_and_no_allocation() {
    assert_eq!(unsafe { argument(0usize, 0usize, 8, 8) }, 8);
    let mut words = [0usize, 0];
    unsafe { result_all(words.as_mut_ptr().cast(), 2 * WORD, WORD, WORD, |_| panic!("there is no element")) };
    assert_eq!(words, [WORD, 0]);
}

#[test]
fn nested_values_get_allocations_of_their_own() {
    let lists: [&[&str]; 3] =
        [&["one"], &["", "seventeen letters", "ab", "abcde", "exactly sixteen!"], &["1", "22", "333"]];
    for list in lists {
        let mut words = [texts(list) as usize, list.len()];
        unsafe { result_all(words.as_mut_ptr().cast(), 2 * WORD, WORD, WORD, |each| adopt(each, 1, 1)) };
        let elements: Vec<[usize; 2]> = unsafe { own(words[0] as *mut u8, words[1]) };
        let texts = elements
            .iter()
            .map(|[pointer, length]| unsafe { String::from_utf8(own(*pointer as *mut u8, *length)).unwrap() });
        assert_eq!(texts.collect::<Vec<_>>(), list);
        assert_eq!(live(), 0, "the handle of a result is dropped");
    }
}

#[test]
fn a_list_is_read_in_ranges_and_chunks() {
    let list: Lazy<'_, [u16]> = unsafe { Lazy::argument(plain(2, &[1, 0, 2, 0, 3, 0]), 3) };
    assert_eq!(list.read(1..), [2, 3]);
    assert_eq!(list.read(..=0), [1]);
    assert_eq!(list.read(3..), []);
    assert_eq!(list.chunks(2).collect::<Vec<_>>(), [vec![1, 2], vec![3]]);
    let mut room = [0; 2];
    list.read_into(1, &mut room);
    assert_eq!(room, [2, 3]);
    assert_eq!(list.try_to_owned().unwrap(), list.to_owned());
}

#[test]
#[should_panic(expected = "the range ends behind a lazy value of length 3")]
fn a_range_ends_within_the_list() {
    let list: Lazy<'_, [u8]> = unsafe { Lazy::argument(plain(1, b"abc"), 3) };
    list.read(2..4);
}

#[test]
fn no_memory_is_an_error() {
    // Nothing is read: there is no room for so many in the address space.
    assert!(unsafe { <Flat as Lift<u64>>::try_lift(1, usize::MAX / 16) }.is_err());
}

#[test]
fn chunks_of_text_are_whole_characters() {
    let text = "aé€𝄞z";
    let lazy: Lazy<'_, str> = unsafe { Lazy::argument(plain(1, text.as_bytes()), text.len() as u32) };
    assert_eq!(lazy.chunks(4).collect::<Vec<_>>(), ["aé", "€", "𝄞", "z"]);
    assert_eq!(lazy.read(1..2), [0xc3]);
    assert_eq!(lazy.to_owned(), text);
    assert_eq!(lazy.try_to_owned().unwrap(), text);
}

#[test]
fn a_result_is_dropped_once() {
    let lazy: Lazy<'_, str> = unsafe { Lazy::returned(plain(1, b"text"), 4) };
    assert_eq!(Sent::from(&lazy).into_words(), (lazy.handle, u32::MAX));
    assert_eq!(live(), 1);
    drop(lazy);
    assert_eq!(live(), 0);
}

#[test]
fn a_result_is_forwarded_until_post_return() {
    let handle = plain(1, b"text");
    let given: Given<str> = unsafe { Lazy::<'_, str>::returned(handle, 4) }.into();
    let (first, length) = given.into_words();
    assert_eq!((first, length), (handle, u32::MAX));
    let mut words = [first as usize, length as usize];
    unsafe { reclaim::<str>(words.as_mut_ptr().cast()) };
    assert_eq!(live(), 0);
}

#[test]
fn a_parameter_that_is_given_is_copied() {
    let handle = plain(2, &[7, 0, 8, 0]);
    let given: Given<[u16]> = unsafe { Lazy::<'_, [u16]>::argument(handle, 2) }.into();
    assert_ne!(given.into_words().1, u32::MAX);
    assert_eq!(live(), 1);
}

#[test]
fn a_list_of_texts_that_is_given_is_one_block() {
    let handle = texts(&["one", "two"]);
    let list: Lazy<'_, [String], Flat> = unsafe { Lazy::argument(handle, 2) };
    let given: Given<Forwarded> = list.into();
    // It is freed with its size in front of it.
    drop(given);
    let empty: Lazy<'_, [String], Flat> = unsafe { Lazy::argument(0, 0) };
    drop(Given::<Forwarded>::from(empty));
}

#[test]
fn what_is_sent_is_where_it_was() {
    let list = vec![1u32, 2];
    let sent: Sent<'_, [u32]> = (&list).into();
    assert_eq!(sent.into_words(), (list.as_ptr() as usize as u32, 2));
    let empty: Lazy<'_, [u32]> = unsafe { Lazy::argument(0, 0) };
    assert_eq!(Sent::<[u32]>::from(&empty).into_words(), (0, 0));
}

//! The C functions that generated functions share: each is there once, and only if it is used.

mod templates;

use std::collections::BTreeSet;

use onramp_abi::CoreType;
use onramp_bridge::{Content, Step};
use wit_component::StringEncoding;

use crate::slot;
use crate::steps::{self, Places};

/// A shared function that is always the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Helper {
    /// `lower` of the lazy ABI.
    Lower,
    /// `size` of the lazy ABI.
    Size,
    /// `lower-all` of the lazy ABI.
    LowerAll,
    /// `drop` of the lazy ABI.
    Drop,
    /// Memory for a value.
    Allocate,
    /// A copy of a block.
    Copy,
    /// The bytes of a string.
    TextSize,
    /// A list without dynamic values, behind a handle.
    ReceiveFlat,
    /// A string behind a handle.
    ReceiveText,
    /// All of a value, in one block.
    LowerWhole,
    /// The same in a block, where the words are replaced.
    TakeFlat,
    /// A string behind a handle in a block.
    TakeText,
    /// Gives a list without dynamic values an allocation of its own.
    AdoptFlat,
    /// Gives a string an allocation of its own.
    AdoptText,
}

impl Helper {
    /// What it calls.
    fn needs(self) -> &'static [Helper] {
        use Helper::*;
        match self {
            Lower | Size | LowerAll | Drop | Allocate | TextSize => &[],
            Copy => &[Allocate],
            ReceiveFlat => &[Allocate, Lower],
            ReceiveText => &[Allocate, Lower, TextSize],
            LowerWhole => &[Allocate, Size, LowerAll],
            TakeFlat => &[ReceiveFlat, Drop],
            TakeText => &[ReceiveText, Drop],
            AdoptFlat => &[Copy],
            AdoptText => &[Copy, TextSize],
        }
    }

    fn text(self, encoding: StringEncoding) -> String {
        match self {
            Helper::TextSize => match encoding {
                StringEncoding::UTF8 => templates::TEXT_SIZE_UTF8.to_owned(),
                StringEncoding::UTF16 => templates::TEXT_SIZE_UTF16.to_owned(),
                StringEncoding::CompactUTF16 => templates::TEXT_SIZE_COMPACT.to_owned(),
            },
            Helper::ReceiveText => {
                templates::RECEIVE_TEXT.replace("UNITS", units(encoding)).replace("ALIGN", align(encoding))
            }
            Helper::TakeText => templates::TAKE_TEXT.to_owned(),
            Helper::AdoptText => templates::ADOPT_TEXT.replace("ALIGN", align(encoding)),
            Helper::Lower => templates::LOWER.to_owned(),
            Helper::Size => templates::SIZE.to_owned(),
            Helper::LowerAll => templates::LOWER_ALL.to_owned(),
            Helper::Drop => templates::DROP.to_owned(),
            Helper::Allocate => templates::ALLOCATE.to_owned(),
            Helper::Copy => templates::COPY.to_owned(),
            Helper::ReceiveFlat => templates::RECEIVE_FLAT.to_owned(),
            Helper::LowerWhole => templates::LOWER_WHOLE.to_owned(),
            Helper::TakeFlat => templates::TAKE_FLAT.to_owned(),
            Helper::AdoptFlat => templates::ADOPT_FLAT.to_owned(),
        }
    }
}

/// How many code units a string's length says.
fn units(encoding: StringEncoding) -> &'static str {
    match encoding {
        StringEncoding::UTF8 | StringEncoding::UTF16 => "length",
        StringEncoding::CompactUTF16 => "length & 0x7fffffff",
    }
}

/// The alignment of a string.
fn align(encoding: StringEncoding) -> &'static str {
    match encoding {
        StringEncoding::UTF8 => "1",
        StringEncoding::UTF16 | StringEncoding::CompactUTF16 => "2",
    }
}

/// The shared functions that a file needs.
pub struct Helpers {
    encoding: StringEncoding,
    /// Whether there are functions that have to survive a failed allocation.
    fallible: bool,
    used: BTreeSet<Helper>,
    /// Getters (`false`) and setters of core results.
    results: BTreeSet<(bool, CoreType, usize)>,
    /// Lists whose elements have dynamic values: what was printed for each, by number.
    lists: Vec<Deep>,
}

/// A list whose elements have dynamic values.
struct Deep {
    content: Content,
    elements: String,
    received: bool,
    taken: bool,
    adopted: bool,
}

impl Helpers {
    /// None yet, for strings in this encoding. `fallible`: whether functions will have to survive a failed allocation.
    pub fn new(encoding: StringEncoding, fallible: bool) -> Helpers {
        Helpers { encoding, fallible, used: BTreeSet::new(), results: BTreeSet::new(), lists: Vec::new() }
    }

    /// The function will be called.
    pub fn need(&mut self, helper: Helper) {
        if self.used.insert(helper) {
            helper.needs().iter().for_each(|needed| self.need(*needed));
        }
    }

    /// How many code units a string of this length has.
    pub fn units(&self, length: &str) -> String {
        units(self.encoding).replace("length", length)
    }

    /// The function that reads the core result of this number, after a call.
    pub fn getter(&mut self, ty: CoreType, index: usize) -> String {
        self.results.insert((false, ty, index));
        format!("__onramp_get_{ty}_{index}")
    }

    /// The function that sets the core result of this number, before a return.
    pub fn setter(&mut self, ty: CoreType, index: usize) -> String {
        self.results.insert((true, ty, index));
        format!("__onramp_set_{ty}_{index}")
    }

    /// The expression for an own copy of the value behind a handle.
    pub fn receive(&mut self, content: &Content, handle: &str, length: &str) -> String {
        match content {
            Content::Text => {
                self.need(Helper::ReceiveText);
                format!("__onramp_receive_text({handle}, {length})")
            }
            Content::List { size, align, elements, .. } if elements.is_empty() => {
                self.need(Helper::ReceiveFlat);
                format!("__onramp_receive({handle}, {length}, {size}, {align})")
            }
            Content::List { .. } => {
                self.need(Helper::LowerWhole);
                self.need(Helper::Copy);
                let list = self.list(content);
                self.lists[list].received = true;
                format!("__onramp_receive_{list}({handle}, {length})")
            }
        }
    }

    /// The call that replaces handle and length at `words` by pointer and length of an own copy, and drops the handle if it is of
    /// a result.
    pub fn take(&mut self, content: &Content, words: &str, release: bool) -> String {
        match content {
            Content::Text => {
                self.need(Helper::TakeText);
                format!("__onramp_take_text({words}, {release})")
            }
            Content::List { size, align, elements, .. } if elements.is_empty() => {
                self.need(Helper::TakeFlat);
                format!("__onramp_take({words}, {release}, {size}, {align})")
            }
            Content::List { .. } => {
                [Helper::LowerWhole, Helper::Copy, Helper::Drop].into_iter().for_each(|helper| self.need(helper));
                let list = self.list(content);
                self.lists[list].received = true;
                self.lists[list].taken = true;
                format!("__onramp_take_{list}({words}, {release})")
            }
        }
    }

    /// The call that gives the value whose pointer and length are at `words` an allocation of its own.
    pub fn adopt(&mut self, content: &Content, words: &str) -> String {
        match content {
            Content::Text => {
                self.need(Helper::AdoptText);
                format!("__onramp_adopt_text({words})")
            }
            Content::List { size, align, elements, .. } if elements.is_empty() => {
                self.need(Helper::AdoptFlat);
                format!("__onramp_adopt({words}, {size}, {align})")
            }
            Content::List { .. } => {
                self.need(Helper::Copy);
                let list = self.list(content);
                self.lists[list].adopted = true;
                format!("__onramp_adopt_{list}({words})")
            }
        }
    }

    /// The function that frees what a lazy type's words say.
    pub fn reclaim(&mut self, lazy: usize) -> String {
        format!("__onramp_reclaim_lazy_{lazy}")
    }

    /// The number of a list whose elements have dynamic values. Those in it come before it.
    fn list(&mut self, content: &Content) -> usize {
        if let Some(list) = self.lists.iter().position(|list| list.content == *content) {
            return list;
        }
        let elements = steps::print(self, &Places::block("element"), 2, elements(content));
        self.lists.push(Deep { content: content.clone(), elements, received: false, taken: false, adopted: false });
        self.lists.len() - 1
    }

    /// The text of all that is needed.
    pub fn text(&self) -> String {
        let mut out = String::from(templates::WORDS);
        self.used.iter().for_each(|helper| out.push_str(&self.kept(&helper.text(self.encoding))));
        for (set, ty, index) in &self.results {
            out.push_str(&result(*set, *ty, *index));
        }
        for (number, list) in self.lists.iter().enumerate() {
            out.push_str(&self.kept(&list.print(number)));
        }
        out
    }
}

impl Helpers {
    /// The text with the lines that only functions need that have to survive a failed allocation, or without them.
    fn kept(&self, text: &str) -> String {
        let line = |line: &str| match line.strip_prefix(templates::FALLIBLE) {
            Some(line) => self.fallible.then(|| format!("{line}\n")),
            None => Some(format!("{line}\n")),
        };
        text.lines().filter_map(line).collect()
    }
}

fn elements(content: &Content) -> &[Step] {
    match content {
        Content::Text => &[],
        Content::List { elements, .. } => elements,
    }
}

impl Deep {
    fn print(&self, number: usize) -> String {
        let Content::List { size, align, deep_align, .. } = self.content else { unreachable!("text has no elements") };
        let fill = |template: &str| {
            let template = template.replace("NUMBER", &number.to_string()).replace("SIZE", &size.to_string());
            template.replace("DEEP", &deep_align.to_string()).replace("ALIGN", &align.to_string())
        };
        let mut out = fill(templates::ELEMENTS).replace("STATEMENTS", &self.elements);
        for (used, template) in [
            (self.received, templates::RECEIVE_LIST),
            (self.taken, templates::TAKE_LIST),
            (self.adopted, templates::ADOPT_LIST),
        ] {
            if used {
                out.push_str(&fill(template));
            }
        }
        out
    }
}

/// The import that reads or sets a core result, for the linker to take out.
fn result(set: bool, ty: CoreType, index: usize) -> String {
    let c = slot::core(ty);
    let declaration = match set {
        false => format!("{c} __onramp_get_{ty}_{index}(void)"),
        true => format!("void __onramp_set_{ty}_{index}({c})"),
    };
    let verb = if set { "set" } else { "get" };
    format!(
        "
__attribute__((__import_module__(\"[results]\"), __import_name__(\"{verb}-{ty}-{index}\")))
extern {declaration};
"
    )
}

//! Strings and lists as calls of functions of `onramp-guest.h`. Lists whose elements have dynamic values get functions of their own
//! there, each kind once per file.

use onramp_bridge::{Content, Step};
use wit_component::StringEncoding;

use crate::steps::{self, Places};

/// What a file has of them.
pub struct Lists {
    encoding: StringEncoding,
    /// Lists whose elements have dynamic values, by number, and what is done in an element.
    deep: Vec<(Content, String)>,
}

/// What a function of the header is called behind its own name, and its last arguments.
enum Kind {
    /// Elements without dynamic values.
    Flat { size: u32, align: u32 },
    /// A string in latin1+utf16.
    Text,
    /// Elements with dynamic values, the list of this number.
    Deep(usize),
}

impl Lists {
    /// None yet, for strings in this encoding.
    pub fn new(encoding: StringEncoding) -> Lists {
        Lists { encoding, deep: Vec::new() }
    }

    /// The statement that replaces a handle in a variable by a pointer to what is received.
    pub fn argument(&mut self, content: &Content, handle: &str, length: &str) -> String {
        match self.kind(content) {
            Kind::Flat { size, align } => format!("ONRAMP_ARGUMENT({handle}, {length}, {size}, {align});"),
            Kind::Text => format!("ONRAMP_ARGUMENT_TEXT({handle}, {length});"),
            Kind::Deep(number) => format!("ONRAMP_ARGUMENT_LIST({number}, {handle}, {length});"),
        }
    }

    /// The expression for a pointer to a copy of what is behind a handle.
    pub fn receive(&mut self, content: &Content, handle: &str, length: &str) -> String {
        match self.kind(content) {
            Kind::Flat { size, align } => format!("_onramp_receive({handle}, {length}, {size}, {align})"),
            Kind::Text => format!("_onramp_receive_text({handle}, {length})"),
            Kind::Deep(number) => format!("_onramp_receive_{number}({handle}, {length})"),
        }
    }

    /// The statement that does something with the words at an address: `parameter`, `result` or `adopt`.
    pub fn at(&mut self, verb: &str, content: &Content, at: &str) -> String {
        match self.kind(content) {
            Kind::Flat { size, align } => format!("_onramp_{verb}({at}, {size}, {align});"),
            Kind::Text => format!("_onramp_{verb}_text({at});"),
            Kind::Deep(number) => format!("_onramp_{verb}_{number}({at});"),
        }
    }

    /// How many code units a string of this length has.
    pub fn units(&self, length: &str) -> String {
        match self.encoding {
            StringEncoding::UTF8 | StringEncoding::UTF16 => length.to_owned(),
            StringEncoding::CompactUTF16 => format!("{length} & 0x7fffffff"),
        }
    }

    fn kind(&mut self, content: &Content) -> Kind {
        match (content, self.encoding) {
            (Content::Text, StringEncoding::UTF8) => Kind::Flat { size: 1, align: 1 },
            (Content::Text, StringEncoding::UTF16) => Kind::Flat { size: 2, align: 2 },
            (Content::Text, StringEncoding::CompactUTF16) => Kind::Text,
            (Content::List { size, align, elements, .. }, _) if elements.is_empty() => {
                Kind::Flat { size: *size, align: *align }
            }
            (Content::List { elements, .. }, _) => Kind::Deep(self.number(content, elements)),
        }
    }

    /// The number of a list whose elements have dynamic values. Those in it come before it.
    fn number(&mut self, content: &Content, elements: &[Step]) -> usize {
        if let Some(number) = self.deep.iter().position(|(known, _)| known == content) {
            return number;
        }
        let statements = steps::print(self, &Places::block("e"), 1, elements);
        self.deep.push((content.clone(), statements));
        self.deep.len() - 1
    }

    /// The functions.
    pub fn text(&self) -> String {
        let deep = self.deep.iter().enumerate().filter_map(|(number, (content, statements))| match content {
            Content::List { size, align, deep_align, .. } => {
                Some(format!("ONRAMP_LIST({number}, {size}, {align}, {deep_align}) {{\n{statements}}}\n"))
            }
            Content::Text => None,
        });
        deep.collect()
    }
}

use std::cell::{Cell, RefCell};

use crate::exports::test::drops::drops::{Guest, GuestBag, GuestToken, Pair, Token, TokenBorrow};

thread_local! {
    static LIVE: Cell<u32> = const { Cell::new(0) };
    static DESTROYED: Cell<u32> = const { Cell::new(0) };
    static KEPT: Cell<Option<Token>> = const { Cell::new(None) };
}

pub struct CountedToken;

pub struct TokenBag(RefCell<Vec<Token>>);

impl Drop for CountedToken {
    fn drop(&mut self) {
        LIVE.set(LIVE.get() - 1);
        DESTROYED.set(DESTROYED.get() + 1);
    }
}

impl GuestToken for CountedToken {
    fn new() -> Self {
        LIVE.set(LIVE.get() + 1);
        CountedToken
    }

    fn live(&self) -> u32 {
        LIVE.get()
    }

    fn pass(t: Token) -> Token {
        t
    }
}

impl GuestBag for TokenBag {
    fn new(tokens: Vec<Token>) -> Self {
        TokenBag(RefCell::new(tokens))
    }

    fn draw(&self) -> Option<Token> {
        self.0.borrow_mut().pop()
    }
}

impl Guest for crate::Component {
    type Token = CountedToken;
    type Bag = TokenBag;

    fn live() -> u32 {
        LIVE.get()
    }

    fn destroyed() -> u32 {
        DESTROYED.get()
    }

    fn make(n: u32) -> Vec<Token> {
        (0..n).map(|_| Token::new(CountedToken::new())).collect()
    }

    fn choose(p: Pair) -> Token {
        p.second
    }

    fn count(tokens: Vec<TokenBorrow>) -> u32 {
        tokens.len() as u32
    }

    fn consume(_tokens: Vec<Token>) {}

    fn keep(t: Token) {
        KEPT.set(Some(t));
    }

    fn take() -> Option<Token> {
        KEPT.take()
    }

    fn offer(t: Token, refuse: bool) -> Result<(), Token> {
        if refuse { Err(t) } else { Ok(()) }
    }
}

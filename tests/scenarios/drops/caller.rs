use crate::check::Checks;
use crate::exports::test::drops::check_drops::Guest;
use crate::test::drops::drops::{self, Bag, Pair, Token};

impl Guest for crate::Component {
    fn run() -> Result<u32, String> {
        let mut ledger = Ledger { checks: Checks::default(), live: drops::live(), destroyed: drops::destroyed() };
        single(&mut ledger)?;
        for length in [0, 1, 1000] {
            lists(&mut ledger, length)?;
        }
        for (length, draws) in [(0, 0), (1, 0), (1, 1), (1000, 0), (1000, 1), (1000, 1000)] {
            bags(&mut ledger, length, draws)?;
        }
        records(&mut ledger)?;
        kept(&mut ledger)?;
        offers(&mut ledger)?;
        Ok(ledger.checks.count)
    }
}

/// The checks, and how many tokens the callee has to have and to have destroyed.
struct Ledger {
    checks: Checks,
    live: u32,
    destroyed: u32,
}

impl Ledger {
    /// Checks the counts after `made` tokens more have been made and `gone` have been dropped, here or there.
    fn book(&mut self, event: &str, made: u32, gone: u32) -> Result<(), String> {
        self.live = self.live + made - gone;
        self.destroyed += gone;
        self.checks.equal(format_args!("live() after {event}"), self.live, drops::live())?;
        self.checks.equal(format_args!("destroyed() after {event}"), self.destroyed, drops::destroyed())
    }

    /// Drops `value`, and with it the tokens which it owns.
    fn drop<T>(&mut self, value: T, what: &str, tokens: u32) -> Result<(), String> {
        drop(value);
        self.book(&format!("dropping {what}"), 0, tokens)
    }
}

fn single(ledger: &mut Ledger) -> Result<(), String> {
    let first = Token::new();
    ledger.book("token()", 1, 0)?;
    let second = Token::new();
    ledger.book("a second token()", 1, 0)?;
    ledger.checks.equal("live() of the first token", ledger.live, first.live())?;
    ledger.drop(first, "the first token", 1)?;
    ledger.checks.equal("live() of the second token", ledger.live, second.live())?;
    let passed = Token::pass(second);
    ledger.book("token.pass(token)", 0, 0)?;
    ledger.checks.equal("live() of the passed token", ledger.live, passed.live())?;
    ledger.drop(Token::pass(passed), "a token passed twice", 1)
}

fn lists(ledger: &mut Ledger, length: u32) -> Result<(), String> {
    let tokens = drops::make(length);
    ledger.book(&format!("make({length})"), length, 0)?;
    ledger.checks.equal(format_args!("length of make({length})"), length as usize, tokens.len())?;

    let lent: Vec<&Token> = tokens.iter().collect();
    ledger.checks.equal(format_args!("count({length} tokens)"), length, drops::count(&lent))?;
    ledger.book("count", 0, 0)?;
    drops::consume(tokens);
    ledger.book(&format!("consume({length} tokens)"), 0, length)?;

    let mut tokens = drops::make(length);
    let half = tokens.split_off(tokens.len() / 2);
    let halved = half.len() as u32;
    ledger.book(&format!("make({length})"), length, 0)?;
    ledger.drop(half, "half of a list", halved)?;
    ledger.drop(tokens, "the other half", length - halved)
}

fn bags(ledger: &mut Ledger, length: u32, draws: u32) -> Result<(), String> {
    let bag = Bag::new(drops::make(length));
    ledger.book(&format!("bag({length} tokens)"), length, 0)?;
    let drawn: Vec<Token> = (0..draws).filter_map(|_| bag.draw()).collect();
    ledger.checks.equal(format_args!("tokens drawn from a bag of {length}"), draws as usize, drawn.len())?;
    if draws == length {
        ledger.checks.equal("draw() of an empty bag is some", false, bag.draw().is_some())?;
    }
    ledger.book("drawing", 0, 0)?;
    ledger.drop(bag, &format!("a bag of {length} tokens after {draws} draw()"), length - draws)?;
    ledger.drop(drawn, "the drawn tokens", draws)
}

fn records(ledger: &mut Ledger) -> Result<(), String> {
    let chosen = drops::choose(Pair { first: Token::new(), second: Token::new() });
    ledger.book("choose(pair)", 2, 1)?;
    ledger.checks.equal("live() of the chosen token", ledger.live, chosen.live())?;
    ledger.drop(chosen, "the chosen token", 1)
}

fn kept(ledger: &mut Ledger) -> Result<(), String> {
    ledger.checks.equal("take() of nothing is some", false, drops::take().is_some())?;
    drops::keep(Token::new());
    ledger.book("keep(token)", 1, 0)?;
    drops::keep(Token::new());
    ledger.book("keep(token) in place of another", 1, 1)?;
    let taken = drops::take();
    ledger.book("take()", 0, 0)?;
    ledger.checks.equal("take() is some", true, taken.is_some())?;
    ledger.checks.equal("a second take() is some", false, drops::take().is_some())?;
    drops::keep(Token::new());
    ledger.book("keep(token) after take()", 1, 0)?;
    ledger.drop(taken, "the taken token", 1)?;
    ledger.drop(drops::take(), "the token kept last", 1)
}

fn offers(ledger: &mut Ledger) -> Result<(), String> {
    let refused = drops::offer(Token::new(), true);
    ledger.book("offer(token, true)", 1, 0)?;
    ledger.checks.equal("offer(token, true) is an error", true, refused.is_err())?;
    ledger.drop(refused, "the refused token", 1)?;
    let accepted = drops::offer(Token::new(), false);
    ledger.book("offer(token, false)", 1, 1)?;
    ledger.checks.equal("offer(token, false) is an error", false, accepted.is_err())
}

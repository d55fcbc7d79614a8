use crate::check;
use crate::check::Checks;
use crate::exports::test::host::check_host::Guest;
use crate::test::host::desk::{collect, inspect, issue, labels, product};
use crate::test::host::host::{Ticket, join, multiply, open_tickets};

impl Guest for crate::Component {
    fn run() -> Result<u32, String> {
        let mut checks = Checks::default();
        host_functions(&mut checks)?;
        host_tickets(&mut checks)?;
        issued_tickets(&mut checks)?;
        passed_tickets(&mut checks)?;
        products(&mut checks)?;
        label_lists(&mut checks)?;
        Ok(checks.count)
    }
}

fn host_functions(checks: &mut Checks) -> Result<(), String> {
    for (a, b, expected) in [(0, u32::MAX, 0), (6, 7, 42), (65_536, 65_536, 0), (u32::MAX, u32::MAX, 1)] {
        check!(checks, multiply(a, b) == expected)?;
    }
    for (strings, separator, expected) in [
        (&[][..], "-", ""),
        (&["one"], "-", "one"),
        (&["", ""], "", ""),
        (&["", ""], "\0", "\0"),
        (&["a", "", "é\0"], "€𝄞", "a€𝄞€𝄞é\0"),
    ] {
        let strings: Vec<String> = strings.iter().map(|s| s.to_string()).collect();
        check!(checks, join(&strings, separator) == expected)?;
    }
    Ok(())
}

fn host_tickets(checks: &mut Checks) -> Result<(), String> {
    let before = open_tickets();
    let (first, second) = (Ticket::new("é\0𝄞"), Ticket::new(""));
    checks.equal("ticket(\"é\\0𝄞\").label()", "é\0𝄞", first.label())?;
    checks.equal("ticket(\"\").label()", "", second.label())?;
    checks.equal("ticket(\"\").number() after another ticket's", first.number() + 1, second.number())?;
    check!(checks, open_tickets() == before + 2)?;
    drop(first);
    check!(checks, open_tickets() == before + 1)?;
    checks.equal("ticket(\"\").label() after dropping another", "", second.label())?;
    drop(second);
    check!(checks, open_tickets() == before)
}

fn issued_tickets(checks: &mut Checks) -> Result<(), String> {
    let before = open_tickets();
    let mut number = Ticket::new("to know the number of the next").number();
    for label in ["", "one", "é\0𝄞"] {
        number += 1;
        let ticket = issue(label);
        checks.equal(format_args!("issue({label:?}).number()"), number, ticket.number())?;
        checks.equal(format_args!("issue({label:?}).label()"), label, ticket.label())?;
        check!(checks, inspect(&ticket) == format!("{number}:{label}"))?;
        check!(checks, open_tickets() == before + 1)?;
    }
    check!(checks, open_tickets() == before)
}

fn passed_tickets(checks: &mut Checks) -> Result<(), String> {
    let before = open_tickets();
    let (own, issued) = (Ticket::new("own"), issue("issued"));
    let number = own.number();
    check!(checks, inspect(&own) == format!("{number}:own"))?;
    check!(checks, inspect(&own) == format!("{number}:own"))?;
    check!(checks, open_tickets() == before + 2)?;
    checks.equal("collect(ticket(\"own\"))", number, collect(own))?;
    check!(checks, open_tickets() == before + 1)?;
    checks.equal("collect(issue(\"issued\"))", number + 1, collect(issued))?;
    check!(checks, open_tickets() == before)
}

fn products(checks: &mut Checks) -> Result<(), String> {
    for (numbers, expected) in [
        (vec![], 1),
        (vec![u32::MAX], u32::MAX),
        (vec![2, 3, 7], 42),
        (vec![5, 0, 5], 0),
        (vec![65_537, 65_537, 3], 393_219),
        (vec![2; 31], 0x8000_0000),
        (vec![2; 32], 0),
    ] {
        check!(checks, product(&numbers) == expected)?;
    }
    Ok(())
}

fn label_lists(checks: &mut Checks) -> Result<(), String> {
    let before = open_tickets();
    for names in [&[][..], &[""], &["one"], &["é", "", "\0𝄞", "é"]] {
        let tickets = names.iter().map(|name| Ticket::new(name)).collect();
        checks.equal(format_args!("labels(tickets {names:?})"), names.join("+"), labels(tickets))?;
        check!(checks, open_tickets() == before)?;
    }
    let mixed = vec![issue("theirs"), Ticket::new("ours")];
    checks.equal("labels([issue(\"theirs\"), ticket(\"ours\")])", "theirs+ours", labels(mixed))?;
    check!(checks, open_tickets() == before)
}

use crate::exports::test::host::desk::{Guest, Ticket};
use crate::test::host::host;

impl Guest for crate::Component {
    fn issue(label: String) -> Ticket {
        Ticket::new(&label)
    }

    fn inspect(t: &Ticket) -> String {
        format!("{}:{}", t.number(), t.label())
    }

    fn collect(t: Ticket) -> u32 {
        t.number()
    }

    fn product(numbers: Vec<u32>) -> u32 {
        numbers.into_iter().fold(1, host::multiply)
    }

    fn labels(tickets: Vec<Ticket>) -> String {
        let labels: Vec<String> = tickets.iter().map(Ticket::label).collect();
        host::join(&labels, "+")
    }
}

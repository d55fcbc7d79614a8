//@ [lang]
//@ rustflags = ['-O', '-Dwarnings']

include!(env!("BINDINGS"));

struct Component;

export!(Component);

impl Guest for Component {
    fn make(n: u32) -> Settings {
        let kind = |id: u32| if id % 2 == 1 { Choice::Named("é".to_owned()) } else { Choice::None };
        let place = |x: u32| Spot { x: -(x as i32), label: format!("p{x}") };
        (0..n).map(|id| Setting { key: format!("k{id}"), places: (0..id).map(place).collect(), kind: kind(id) }).collect()
    }

    fn pick(settings: Settings, at: u32) -> Option<Setting> {
        settings.into_iter().nth(at as usize)
    }
}

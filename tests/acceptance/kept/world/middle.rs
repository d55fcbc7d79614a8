//@ args = '--lazy all'
//@ [lang]
//@ rustflags = ['-O', '-Dwarnings']

// Passes objects of the world's types on, and reads them before.

include!(env!("BINDINGS"));

use objects::Gc;

struct Component;

export!(Component);

impl Guest for Component {
    fn make(n: u32) -> Gc<Settings> {
        let made = make(n);
        assert_eq!(made.length(), n);
        made
    }

    fn pick(settings: Gc<Vec<Setting>>, at: u32) -> Gc<Option<Setting>> {
        let picked = pick(&settings, at);
        assert_eq!(picked.case(), u32::from(at < settings.length()));
        if picked.case() == 1 {
            let setting: Gc<Setting> = settings.keep_at(at);
            assert_eq!(picked.keep_some().key(), setting.key());
            let places: Gc<Vec<Spot>> = setting.keep_places();
            assert_eq!(places.length(), at);
            assert!((0..at).all(|index| places.at(index).x == -(index as i32)));
            assert_eq!(setting.keep_kind().case(), at % 2);
        }
        picked
    }
}

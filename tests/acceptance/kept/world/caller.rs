//@ [lang]
//@ rustflags = ['-O', '-Dwarnings']

include!(env!("BINDINGS"));

struct Component;

export!(Component);

impl Guest for Component {
    fn run() {
        let made = make(5);
        assert_eq!(made.len(), 5);
        let picked = pick(&made, 3).expect("there are five");
        assert_eq!((picked.key.as_str(), picked.places.len()), ("k3", 3));
        assert_eq!((picked.places[2].x, picked.places[2].label.as_str()), (-2, "p2"));
        assert!(matches!(&picked.kind, Choice::Named(name) if name == "é"));
        assert!(matches!(pick(&made, 0).expect("there are five").kind, Choice::None));
        assert!(pick(&made, 5).is_none());
    }
}

use super::*;

const GOOD: &str = r#"
[town]
id = "prova"
environment = "demo"
comuni = ["036023"]
roots = [
    "aa00000000000000000000000000000000000000000000000000000000000000",
    "bb00000000000000000000000000000000000000000000000000000000000000",
]

[push]
listen = "127.0.0.1:8080"
data = "/var/lib/campanile"

[stream]
keep_alive_s = 25
"#;

fn read(text: &str) -> Result<Settings, SettingsError> {
    Settings::read(&Figment::from(Toml::string(text)))
}

fn refusal(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    read(&GOOD.replace(from, to)).unwrap_err().to_string()
}

#[test]
fn a_good_file_is_read() {
    let settings = read(GOOD).unwrap();
    assert_eq!(settings.town().unwrap().anchor.town, "prova");
    assert_eq!(settings.push.unwrap().listen.port(), 8080);
}

#[test]
fn a_wrong_setting_is_named_with_its_value_and_what_is_allowed() {
    let cases = [
        ("127.0.0.1:8080", "127.0.0.1", "setting push.listen: ", "127.0.0.1"),
        (
            "keep_alive_s = 25",
            "keep_alive_s = 0",
            "setting stream.keep_alive_s: ",
            "0 is not within 1 to 300",
        ),
        ("keep_alive_s = 25", "keep_alive_s = \"x\"", "setting stream.keep_alive_s: ", "string \"x\""),
        ("keep_alive_s", "keepalive", "setting stream.keepalive: ", "keep_alive_s"),
        ("\"demo\"", "\"test\"", "setting town.environment: ", "live"),
        ("036023", "36023", "setting town.comuni", "36023"),
        ("036023", "999999", "setting town.comuni: ", "999999 is no comune"),
        ("\"bb0", "\"zz0", "setting town.roots: ", "64 hexadecimal digits"),
        ("[stream]", "[strean]", "setting strean: ", "stream"),
    ];
    for (from, to, setting, rest) in cases {
        let text = refusal(from, to);
        assert!(text.starts_with(setting) && text.contains(rest), "{text}");
    }
    assert_eq!(refusal("data = \"/var/lib/campanile\"", ""), "setting push.data: is missing");
}

#[test]
fn a_town_that_this_build_does_not_carry_is_refused_by_name() {
    let text = "[town]\nid = \"atlantide\"\n";
    assert!(read(text).unwrap_err().to_string().starts_with("setting town.id: 'atlantide' is no open town"));
}

//! The same bytes, whatever the place, the hour, the order of the arguments, who else runs, and what becomes of the dumps meanwhile.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use dechaff::{Event, Run};
use tempfile::TempDir;

use crate::cli::dechaff;
use crate::support::{CLEANER, Output, SAMPLES, STORY, folder};

/// The files of a run but the manifest, which holds the time.
fn files(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = crate::forms::files(out);
    files.remove("manifest.json").unwrap();
    files
}

/// A Turkish capital of i is another letter than elsewhere, and the day begins elsewhere first.
#[test]
fn locale_time_zone_and_order_of_arguments_change_nothing() {
    let place = folder(&[
        ("a.txt", STORY.to_uppercase().as_bytes()),
        ("b.txt", "İstanbul'da ışıklar\n\nBELEDİYE IŞIKLARI yeniledi, ve liman yine aydınlık oldu, dedi yetkililer pazartesi günü.\n".as_bytes()),
        ("c.txt", STORY.as_bytes()),
    ]);
    let clean = |out: &str, dumps: [&str; 4], about: &[(&str, &str)]| {
        let run = dechaff().current_dir(place.path()).args(["clean", "-q", "-o", out]).args(dumps);
        assert!(run.envs(about.iter().copied()).output().unwrap().status.success());
        files(&place.path().join(out))
    };
    let web = format!("{SAMPLES}/web");
    let plain =
        clean("plain", ["a.txt", "b.txt", "c.txt", &web], &[("LC_ALL", "C"), ("TZ", "UTC")]);
    let turkish =
        [("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8"), ("TZ", "Pacific/Kiritimati")];
    assert!(clean("turkish", [&web, "c.txt", "a.txt", "b.txt"], &turkish) == plain);
}

/// Of two runs that add to one index the later is refused; called again it knows what the first has written.
#[test]
fn a_second_run_with_an_index_is_refused() {
    let place = folder(&[("story.txt", STORY.as_bytes())]);
    let run = |input: &str, out: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dechaff"));
        command.current_dir(place.path()).args(["clean", input, "-o", out, "-q"]);
        command.args(["--index", "seen.index", "--rules", "none", "--model", "none"]);
        command
    };
    let mut first = run("-", "first").stdin(Stdio::piped()).spawn().unwrap();
    while !place.path().join("first").exists() {
        assert!(first.try_wait().unwrap().is_none(), "it ends by itself");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let second = run("story.txt", "second").output().unwrap();
    let said = String::from_utf8(second.stderr).unwrap();
    let expected =
        "dechaff: index seen.index: is in use by another run; wait for it or take another file\n";
    assert_eq!((second.status.code(), &*said), (Some(2), expected));
    first.stdin.take().unwrap().write_all(STORY.as_bytes()).unwrap();
    assert!(first.wait().unwrap().success());
    assert!(run("story.txt", "second").status().unwrap().success());
    assert_eq!(Output::of(&place.path().join("second")).manifest["known"], 1);
}

/// A dump that has grown or shrunk after it was listed is read as it stands then; a zip that has lost its end is a failure.
#[test]
fn dumps_that_change_during_the_run() {
    let zip =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats/news.zip")).unwrap();
    let place = folder(&[
        ("grows.txt", STORY.as_bytes()),
        ("shrinks.txt", STORY.repeat(3).as_bytes()),
        ("torn.zip", &zip),
    ]);
    let at = |name: &str| place.path().join(name);
    let change = |event: Event| {
        if let Event::Walked { .. } = event {
            std::fs::write(at("grows.txt"), STORY.repeat(3)).unwrap();
            std::fs::write(at("shrinks.txt"), STORY).unwrap();
            std::fs::write(at("torn.zip"), &zip[..zip.len() / 2]).unwrap();
        }
    };
    let (during, before) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let run = |out: &Path| Run::new(&CLEANER, vec![place.path().into()], out);
    let changed = run(during.path()).run(change).unwrap();
    assert_eq!(changed, run(before.path()).run(|_| {}).unwrap());
    assert!(files(during.path()) == files(before.path()));
    assert_eq!(changed.failures[0].dump, "torn.zip");
}

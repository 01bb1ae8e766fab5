//! Runs all targets for a while on a stable compiler: `smoke [SECONDS] [TARGET] [SEED]`. What breaks one is written to a file and named.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use dechaff_fuzz::leave_guarded_panics;
use dechaff_fuzz::mutate::{Numbers, changed};
use dechaff_fuzz::seeds::seeds_of;
use dechaff_fuzz::targets::{TARGETS, Target};

/// How long one input may take.
const SLOW: Duration = Duration::from_secs(10);
/// Inputs that are named of a target that breaks.
const NAMED: usize = 5;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let seconds = arguments.first().and_then(|seconds| seconds.parse().ok()).unwrap_or(100.0);
    let only = arguments.get(1).filter(|only| *only != "all");
    let seed = arguments.get(2).and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let targets: Vec<Target> =
        TARGETS.into_iter().filter(|(name, _)| only.is_none_or(|only| only == name)).collect();
    let threads =
        std::thread::available_parallelism().map_or(1, usize::from).min(targets.len().max(1));
    let time = Duration::from_secs_f64(seconds * threads as f64 / targets.len().max(1) as f64);
    leave_guarded_panics();
    let (next, faults) = (Mutex::new(targets.into_iter()), Mutex::new(0));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let Some(target) = next.lock().expect("no panic").next() else { break };
                    *faults.lock().expect("no panic") += run(target, time, seed);
                }
            });
        }
    });
    let faults = faults.into_inner().expect("no panic");
    if faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs a target over its seeds and over changes to them; says how many inputs broke it.
fn run((name, target): Target, time: Duration, seed: u64) -> usize {
    let (seeds, mut numbers) = (seeds_of(name), Numbers::new(seed));
    assert!(!seeds.is_empty(), "{name} has no seeds");
    let (begun, mut inputs, mut faults) = (Instant::now(), 0, 0);
    while (begun.elapsed() < time || inputs < seeds.len()) && faults < NAMED {
        let bytes = match seeds.get(inputs) {
            Some(seed) => seed.clone(),
            None => changed(&seeds, &mut numbers),
        };
        inputs += 1;
        let clock = Instant::now();
        let broke = catch_unwind(AssertUnwindSafe(|| target(&bytes))).is_err();
        if broke || clock.elapsed() > SLOW {
            faults += 1;
            let path = std::env::temp_dir().join(format!("dechaff-{name}-{seed}-{inputs}"));
            let kept = std::fs::write(&path, &bytes).map_or("not kept", |()| "kept");
            let what = if broke { "breaks" } else { "takes long" };
            let _ = writeln!(std::io::stdout(), "{name} {what}: {} ({kept})", path.display());
        }
    }
    let seconds = begun.elapsed().as_secs();
    let _ = writeln!(std::io::stdout(), "{name}: {inputs} inputs in {seconds} s, {faults} faults");
    faults
}

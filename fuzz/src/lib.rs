//! Targets for whatever bytes, the seeds that they begin with, and the changes that a run on a stable compiler makes to those.

#[path = "../../tests/oracles.rs"]
mod oracles;

pub mod mutate;
pub mod seeds;
pub mod targets;

/// Lets panics alone that dechaff catches itself: those of libraries on damaged files. All others go on to whoever hears of them now.
pub fn leave_guarded_panics() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !dechaff::is_guarded() {
            report(panic);
        }
    }));
}

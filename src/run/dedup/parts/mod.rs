//! `dechaff dedup --part i/n`: the same by many processes that share a folder.

mod choice;
mod chosen;
mod publish;
mod texts;

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::error::{Error, Result};
use crate::run::dedup::parts::choice::stories;
use crate::run::dedup::parts::publish::{left, publish};
use crate::run::dedup::parts::texts::{ids, read};
use crate::run::dedup::piece::{Piece, Pieces};
use crate::run::dedup::summary::Summary;
use crate::run::dedup::terms::Terms;
use crate::run::event::Event;
use crate::run::parts::alike::STORIES;
use crate::run::parts::comparing::comparing;
use crate::run::parts::job::Task;
use crate::run::parts::plan::Plan;
use crate::run::parts::share::{Call, PartOf, PartProgress, check_folder};
use crate::run::parts::stage::Stage;
use crate::run::parts::{self, Spread};
use crate::run::settings::Settings;
use crate::walk::{Filter, check_given, walk};
use crate::write::{Folder, Format};

impl Task for Terms<'_> {
    const DOCUMENTS: &'static str = "read";
    const TEXTS: &'static str = "ids";

    fn settings(&self) -> &Settings {
        self.settings
    }

    fn text(&self, piece: Vec<u8>) -> Result<String> {
        Ok(Piece(piece).text(0).into_owned())
    }
}

/// The stages in their order; last all is published.
fn stages<'t>() -> Vec<Stage<'t, Terms<'t>>> {
    let mut stages = vec![Stage::told("read", read), Stage::of_all("ids", ids)];
    stages.extend(comparing());
    stages.extend([Stage::of_all(STORIES, stories), Stage::of_all("left", left)]);
    stages
}

/// Does what is due for a part.
pub(super) fn run(
    paths: &[PathBuf],
    out: &Path,
    (part, wait): (PartOf, bool),
    terms: Terms,
    observe: impl FnMut(Event),
) -> Result<PartProgress<Summary>> {
    let Terms { settings, text_field, limits, memory } = terms;
    let layout = settings.layout;
    check_folder(out)?;
    Format::Jsonl.check(layout, false)?;
    check_given(paths)?;
    let folder = Folder::unlocked(out)?;
    let found = walk(paths, &Filter::documents(), Some(out));
    folder.check(&found)?;
    if let ([], [], Some(path)) = (&*found.sources, &*found.failures, paths.first()) {
        return Err(Error::NoDocuments { path: path.clone(), others: found.skipped.len() });
    }
    let options = [
        ("--prefer", json!(settings.preferred)),
        ("--loss", json!(settings.thresholds.loss)),
        ("--compare-thresholds", json!(settings.thresholds)),
        ("--text-field", json!(text_field)),
        ("--compress", json!(layout.compression)),
        ("--shard", json!(layout.shard)),
    ];
    let options = options.map(|(name, value)| (name.to_owned(), value.to_string()));
    let options = options.into_iter().chain(limits.told()).collect();
    let plan = Plan::new("dedup", options, &found.sources, part.parts())?;
    let spread = Spread { stages: stages(), publish };
    parts::run(terms, &spread, (found, &plan), &Call { folder, part, wait, memory }, observe)
}

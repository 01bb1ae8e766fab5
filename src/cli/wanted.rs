//! Which articles a run keeps, and what with them.

use dechaff::{Beside, Options, Wanted};

/// Which articles are kept, and what stays with their text.
#[derive(clap::Args, Default)]
pub(crate) struct WantedArgs {
    /// Keeps these with the text, as parts of their own type: captions, notes, comments (ids and copies then go by the text with them), images (those that have alternative text); parted by commas
    #[arg(
        long,
        value_enum,
        value_name = "KINDS",
        value_delimiter = ',',
        hide_possible_values = true
    )]
    pub(super) keep: Vec<KeepArg>,
    /// Leaves out articles that are in no language of these (such as de,fr), or in one that is not known; they count for nothing else in the run
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = language)]
    pub(super) lang: Vec<String>,
    /// Leaves out articles whose text has fewer than N characters, with what --keep keeps and before what other records repeat is cut; they count for nothing else
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(super) min_chars: usize,
}

/// The names of [`Beside`] on the command line, and those of the ledger.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(crate) enum KeepArg {
    #[value(alias = "caption")]
    Captions,
    #[value(alias = "note")]
    Notes,
    #[value(alias = "comment")]
    Comments,
    #[value(alias = "image")]
    Images,
}

impl From<KeepArg> for Beside {
    fn from(arg: KeepArg) -> Self {
        match arg {
            KeepArg::Captions => Beside::Captions,
            KeepArg::Notes => Beside::Notes,
            KeepArg::Comments => Beside::Comments,
            KeepArg::Images => Beside::Images,
        }
    }
}

impl WantedArgs {
    /// Tells them a cleaner that is to be made.
    pub(super) fn tell(&self, options: &mut Options) {
        options.beside = self.beside();
        options.wanted.languages.clone_from(&self.lang);
        options.wanted.chars = self.min_chars;
    }

    /// What is kept with the text, each once, in one order.
    fn beside(&self) -> Vec<Beside> {
        let mut beside: Vec<Beside> = self.keep.iter().map(|&keep| keep.into()).collect();
        beside.sort();
        beside.dedup();
        beside
    }

    /// The names of what is kept with the text.
    pub(super) fn kept(&self) -> Vec<&'static str> {
        self.beside().into_iter().map(Beside::name).collect()
    }
}

/// Reads the code of a language.
fn language(value: &str) -> Result<String, String> {
    Wanted::fault(value).map_or_else(|| Ok(value.into()), Err)
}

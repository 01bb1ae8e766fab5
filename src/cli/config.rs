//! The configuration file: options by their names, for every command that has them. What the command line says wins.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{ArgMatches, Command};
use dechaff::printable;
use toml::{Table, Value};

/// The file that is read where none is named, in the folder in which one works.
const NAME: &str = "dechaff.toml";

/// Options that are said on the command line or not at all.
const NEVER: [&str; 5] = ["config", "force", "help", "out", "version"];

/// A configuration file that was read.
pub(super) struct Config {
    pub(super) path: PathBuf,
    options: Table,
}

impl Config {
    /// The file that the command line names, or the one beside; None where there is neither.
    pub(super) fn find(command: &Command, named: Option<&Path>) -> anyhow::Result<Option<Self>> {
        let path = match named {
            Some(path) if path.as_os_str() == "none" => return Ok(None),
            Some(path) => path.to_path_buf(),
            None if Path::new(NAME).is_file() => NAME.into(),
            None => return Ok(None),
        };
        let shown = printable(&path.display().to_string());
        let text = std::fs::read_to_string(&path).map_err(|e| anyhow::anyhow!("{shown}: {e}"))?;
        let options: Table = text.parse().map_err(|e: toml::de::Error| {
            let line = e.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
            anyhow::anyhow!("{shown}:{line}: {}", printable(e.message()))
        })?;
        let known = names(command);
        for name in options.keys() {
            anyhow::ensure!(
                !NEVER.contains(&name.as_str()),
                "{shown}: {name} is said on the command line only"
            );
            if !known.contains(name) {
                let near = |known: &&String| strsim::jaro_winkler(known, name);
                let nearest = known.iter().max_by(|a, b| near(a).total_cmp(&near(b)));
                let nearest =
                    nearest.map_or(String::new(), |near| format!("; the nearest name is {near}"));
                anyhow::bail!("{shown}: no option has the name {:?}{nearest}", printable(name));
            }
        }
        Ok(Some(Self { path, options }))
    }

    /// The arguments with those options of the file that the command has and the command line does not give.
    pub(super) fn applied(
        &self,
        command: &Command,
        given: &ArgMatches,
        mut arguments: Vec<OsString>,
    ) -> anyhow::Result<Vec<OsString>> {
        let (mut command, mut given) = (command, given);
        let mut at = 0;
        while let Some((name, below)) = given.subcommand() {
            let Some(sub) = command.find_subcommand(name) else { break };
            let here = |argument: &OsString| argument == name;
            at += 1 + arguments[at + 1..].iter().position(here).unwrap_or(0);
            (command, given) = (sub, below);
        }
        let mut added = Vec::new();
        for (name, value) in &self.options {
            let argument = command.get_arguments().find(|arg| arg.get_long() == Some(name));
            let Some(argument) = argument else { continue };
            let id = argument.get_id().as_str();
            if given.value_source(id) != Some(ValueSource::CommandLine) {
                added.extend(self.arguments(name, value, argument.get_action().takes_values())?);
            }
        }
        arguments.splice(at + 1..at + 1, added);
        Ok(arguments)
    }

    /// An option as it is written on the command line.
    fn arguments(
        &self,
        name: &str,
        value: &Value,
        takes_value: bool,
    ) -> anyhow::Result<Vec<OsString>> {
        let one = |value: &Value| match (value, takes_value) {
            (Value::String(text), true) => Some(Some(format!("--{name}={text}"))),
            (Value::Integer(number), true) => Some(Some(format!("--{name}={number}"))),
            (Value::Float(number), true) => Some(Some(format!("--{name}={number}"))),
            (Value::Boolean(is_set), false) => Some(is_set.then(|| format!("--{name}"))),
            _ => None,
        };
        let all: Option<Vec<Option<String>>> = match value {
            Value::Array(values) if takes_value => values.iter().map(one).collect(),
            value => one(value).map(|one| vec![one]),
        };
        let shown = printable(&self.path.display().to_string());
        let wanted =
            if takes_value { "a text, a number or a list of them" } else { "true or false" };
        let all = all.ok_or_else(|| anyhow::anyhow!("{shown}: {name} wants {wanted}"))?;
        Ok(all.into_iter().flatten().map(OsString::from).collect())
    }
}

/// The names of the options of all commands.
fn names(command: &Command) -> BTreeSet<String> {
    let own = command.get_arguments().filter_map(|arg| arg.get_long());
    let own = own.filter(|name| !NEVER.contains(name)).map(str::to_owned);
    own.chain(command.get_subcommands().flat_map(names)).collect()
}

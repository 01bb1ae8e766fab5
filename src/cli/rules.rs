//! `dechaff rules`.

use std::io::Write;

use crate::cli::args::RuleArgs;
use crate::cli::messages::counted;
use crate::cli::status::Status;
use anyhow::anyhow;
use dechaff::SiteRule;

/// Lists, shows and checks the rules in use
#[derive(clap::Subcommand)]
pub(super) enum RulesCommand {
    /// One line for each rule: id, kind, scope, why
    List {
        #[command(flatten)]
        rules: RuleArgs,
    },
    /// Everything about one rule
    Show {
        /// The rule's id, as the ledger names it
        id: String,
        #[command(flatten)]
        rules: RuleArgs,
    },
    /// Runs every rule's own examples
    #[command(after_help = "Example:
  dechaff rules check --rules my-rules.toml")]
    Check {
        #[command(flatten)]
        rules: RuleArgs,
    },
}

impl RulesCommand {
    pub(super) fn run(self) -> anyhow::Result<Status> {
        let (Self::List { rules } | Self::Show { rules, .. } | Self::Check { rules }) = &self;
        let cleaner = rules.cleaner()?;
        let rules = cleaner.rules();
        let all = || rules.packs().iter().flat_map(|p| &p.rules);
        let sites = || rules.packs().iter().flat_map(|p| &p.sites);
        let mut out = std::io::stdout().lock();
        match &self {
            Self::List { .. } => {
                let ids = all().map(|r| r.id.len()).chain(sites().map(|s| s.id.len()));
                let width = ids.max().unwrap_or(0);
                for rule in all() {
                    writeln!(
                        out,
                        "{:width$}  {:10}  {:9}  {}",
                        rule.id,
                        rule.kind,
                        format!("{:?}", rule.scope).to_lowercase(),
                        rule.why
                    )?;
                }
                for site in sites() {
                    writeln!(
                        out,
                        "{:width$}  {:10}  {:9}  {}",
                        site.id, "site", site.site, site.why
                    )?;
                }
            }
            Self::Show { id, .. } => {
                let id = id.strip_prefix("rule:").unwrap_or(id);
                if let Some(site) = sites().find(|site| site.id == id) {
                    show_site(&mut out, site)?;
                    return Ok(Status::AllWell);
                }
                let rule = all().find(|r| r.id == id).ok_or_else(|| {
                    anyhow!("no rule has the id {id:?}; see `dechaff rules list`")
                })?;
                writeln!(
                    out,
                    "id       {}\nkind     {}\nscope    {}\nwhy      {}",
                    rule.id,
                    rule.kind,
                    format!("{:?}", rule.scope).to_lowercase(),
                    rule.why
                )?;
                writeln!(out, "pattern  {}", rule.pattern)?;
                for (label, texts) in [("hits", &rule.hit), ("spares", &rule.spare)] {
                    for text in texts.iter() {
                        writeln!(out, "{label:8} {text}")?;
                    }
                }
            }
            Self::Check { .. } => match rules.check() {
                Ok(()) => writeln!(
                    out,
                    "{} in {} hit and spare what they say",
                    counted(all().count() + sites().count(), "rule"),
                    counted(rules.packs().len(), "pack")
                )?,
                Err(faults) => {
                    for fault in faults {
                        writeln!(out, "{fault}")?;
                    }
                    return Ok(Status::SomeFailed);
                }
            },
        }
        Ok(Status::AllWell)
    }
}

fn show_site(out: &mut impl Write, site: &SiteRule) -> std::io::Result<()> {
    let SiteRule { id, site, drop, kind, keep, split, why, hit, spare, .. } = site;
    writeln!(out, "id       {id}\nsite     {site}\nwhy      {why}")?;
    let split: Vec<String> = split.iter().cloned().collect();
    let what = if drop.is_empty() { String::new() } else { format!(" (as {kind})") };
    for (label, texts, behind) in [
        ("drops", drop, &*what),
        ("keeps", keep, ""),
        ("splits", &split, ""),
        ("hits", hit, ""),
        ("spares", spare, ""),
    ] {
        for text in texts {
            writeln!(out, "{label:8} {text}{behind}")?;
        }
    }
    Ok(())
}

//! A folder in the place of another. The old one stands aside until the new one has its place, so that a run that fails or is killed in
//! between loses neither.

use std::io::Result;
use std::path::Path;

/// Where the old folder stands meanwhile.
const ASIDE: &str = ".dechaff.aside";

/// Moves the folder `new` to `name` in `folder`, in the place of what stands there.
pub(super) fn replace(folder: &Path, name: &str, new: &Path) -> Result<()> {
    let (place, aside) = (folder.join(name), folder.join(ASIDE));
    if !place.exists() {
        return std::fs::rename(new, place);
    }
    std::fs::rename(&place, &aside)?;
    if let Err(error) = std::fs::rename(new, &place) {
        std::fs::rename(aside, place)?;
        return Err(error);
    }
    // What cannot be removed now, the next run removes or names.
    let _ = std::fs::remove_dir_all(aside);
    Ok(())
}

/// Ends what a run began and did not live to end.
pub(super) fn recover(folder: &Path, name: &str) -> Result<()> {
    let (place, aside) = (folder.join(name), folder.join(ASIDE));
    if !aside.exists() {
        Ok(())
    } else if place.exists() {
        std::fs::remove_dir_all(aside)
    } else {
        std::fs::rename(aside, place)
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{create_dir, exists, rename};

    use super::*;

    /// A folder with the folders `old` and `new` in it.
    fn both() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        ["old", "new"].iter().for_each(|name| create_dir(dir.path().join(name)).unwrap());
        std::fs::write(dir.path().join("old/page"), "old").unwrap();
        dir
    }

    #[test]
    fn the_old_folder_makes_room_for_the_new_one() {
        let dir = both();
        replace(dir.path(), "old", &dir.path().join("new")).unwrap();
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
        assert!(!exists(dir.path().join("old/page")).unwrap());
    }

    #[test]
    fn the_old_folder_is_back_where_the_new_one_cannot_be_moved() {
        let dir = both();
        assert!(replace(dir.path(), "old", &dir.path().join("nowhere")).is_err());
        assert!(exists(dir.path().join("old/page")).unwrap());
    }

    #[test]
    fn what_a_killed_run_began_is_ended() {
        let dir = both();
        let aside = dir.path().join(ASIDE);
        rename(dir.path().join("old"), &aside).unwrap();
        recover(dir.path(), "old").unwrap();
        assert!(
            exists(dir.path().join("old/page")).unwrap(),
            "killed before the new one had its place"
        );
        rename(dir.path().join("old"), &aside).unwrap();
        rename(dir.path().join("new"), dir.path().join("old")).unwrap();
        recover(dir.path(), "old").unwrap();
        assert!(
            !exists(aside).unwrap() && !exists(dir.path().join("old/page")).unwrap(),
            "killed after it"
        );
        recover(dir.path(), "old").unwrap();
    }
}

//! One story: the copy that stands for all of a cluster, and those of which it holds enough.

use crate::compare::gather::Member;

/// What becomes of a cluster.
#[derive(Debug)]
pub struct Story {
    /// The copy that stands for all.
    pub canonical: Member,
    /// What is folded into it; the loss of each is owed to the canonical copy.
    pub copies: Vec<Member>,
    /// What would lose too much, equal texts together.
    pub apart: Vec<Vec<Member>>,
}

impl Story {
    /// Decides on the members of a cluster, the anchor first. `choose` says which of several stands for all; where that holds too
    /// little of the anchor, one that is equal to the anchor does. `loss` gives the share of one text, by its number, that stands
    /// nowhere in another.
    pub fn of(
        members: &[Member],
        most_lost: f32,
        choose: impl Fn(&[Member]) -> Option<usize>,
        mut loss: impl FnMut(usize, usize) -> f32,
    ) -> Option<Story> {
        let anchor = *members.first()?;
        let mut canonical = members[choose(members)?];
        let mut of_anchor = 0.0;
        if canonical.same != anchor.same {
            of_anchor = loss(anchor.text, canonical.text);
        }
        if of_anchor > most_lost {
            of_anchor = 0.0;
            let equal: Vec<Member> =
                members.iter().copied().filter(|m| m.same == anchor.same).collect();
            canonical = equal[choose(&equal)?];
        }
        let mut owed = |member: &Member| match member.same {
            same if same == canonical.same => 0.0,
            same if same == anchor.same => of_anchor,
            // What holds all of the anchor holds of each what the anchor does.
            _ if of_anchor == 0.0 => member.loss,
            _ => loss(member.text, canonical.text),
        };
        let (copies, mut lost): (Vec<Member>, Vec<Member>) = members
            .iter()
            .filter(|m| m.text != canonical.text)
            .map(|m| Member { loss: owed(m), ..*m })
            .partition(|m| m.loss <= most_lost);
        lost.sort_unstable_by_key(|m| (m.same, m.text));
        let apart = lost.chunk_by(|a, b| a.same == b.same).map(<[Member]>::to_vec).collect();
        Some(Story { canonical, copies, apart })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Relation;

    fn member(text: usize, same: usize, loss: f32) -> Member {
        Member { text, loss, relation: Relation::Near, ..Member::exact(same) }
    }

    /// A cluster around text 0, of which 3 is chosen; what each loses in that.
    fn story(lost: [f32; 4]) -> Story {
        let members =
            vec![Member::exact(0), member(1, 1, 0.05), member(2, 1, 0.05), member(3, 3, 0.0)];
        let choose = |of: &[Member]| of.iter().position(|m| m.text == 3).or(Some(0));
        Story::of(&members, 0.1, choose, |text, _| lost[text]).unwrap()
    }

    fn texts(members: &[Member]) -> Vec<usize> {
        members.iter().map(|m| m.text).collect()
    }

    #[test]
    fn what_the_chosen_copy_holds_too_little_of_stands_apart_equal_texts_together() {
        let Story { canonical, copies, apart } = story([0.08, 0.2, 0.2, 0.0]);
        assert_eq!((canonical.text, texts(&copies)), (3, vec![0]));
        assert_eq!(apart.iter().map(|equal| texts(equal)).collect::<Vec<_>>(), [[1, 2]]);
        assert_eq!(copies[0].loss, 0.08, "owed to the canonical copy");
    }

    #[test]
    fn a_copy_that_holds_too_little_of_the_anchor_does_not_stand_for_it() {
        let Story { canonical, copies, apart } = story([0.2, 0.3, 0.3, 0.0]);
        assert_eq!((canonical.text, texts(&copies), apart.len()), (0, vec![1, 2, 3], 0));
    }
}

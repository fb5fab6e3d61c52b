//! Words for very many verdicts, in their order: another worker makes those that come next while the ones before are told. What is
//! told is the same with one worker and with two.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::mpsc::sync_channel;

use crate::workers::beside;

/// So many are made at a time; for fewer nobody else is called.
const PIECE: usize = 256;
/// So many pieces that another has made wait at most until they are told.
const AHEAD: usize = 8;

/// Makes something of each item, and tells it in the order of the items. Each worker makes it with means of its own.
pub(super) fn in_order<T: Send, R: Send, M, E>(
    items: impl Iterator<Item = T> + Send,
    means: impl Fn() -> M + Sync,
    make: impl Fn(&mut M, &T) -> R + Sync,
    mut tell: impl FnMut(T, R) -> Result<(), E>,
) -> Result<(), E> {
    let mut tell = |piece: Vec<(T, R)>| piece.into_iter().try_for_each(|(item, made)| tell(item, made));
    let made = |means: &mut M, items: Vec<T>| -> Vec<(T, R)> {
        let with_its_own = |item| {
            let made = make(means, &item);
            (item, made)
        };
        items.into_iter().map(with_its_own).collect()
    };
    let left = Mutex::new((0..).zip(Pieces(items.fuse())));
    let next = || left.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).next();
    let mut own = means();
    let Some((mut due, first)) = next() else { return Ok(()) };
    if first.len() < PIECE {
        return tell(made(&mut own, first));
    }
    let (to, from) = sync_channel(AHEAD);
    let work = || {
        let (to, mut means) = (to, means());
        // Nobody listens any more once telling has failed.
        while let Some((at, items)) = next()
            && to.send((at, made(&mut means, items))).is_ok()
        {}
    };
    let (told, _) = beside(std::iter::once(work), || {
        let (from, mut ready) = (from, BTreeMap::from([(due, made(&mut own, first))]));
        loop {
            if let Some(piece) = ready.remove(&due) {
                tell(piece)?;
                due = usize::saturating_add(due, 1);
            } else if let Ok((at, piece)) = from.try_recv() {
                // No more is taken than is told next: what is ahead waits where there is an end to it.
                ready.insert(at, piece);
            } else if let Some((at, items)) = next() {
                ready.insert(at, made(&mut own, items));
            } else if let Ok((at, piece)) = from.recv() {
                ready.insert(at, piece);
            } else {
                return Ok(());
            }
        }
    });
    told
}

/// Items, so many at a time.
struct Pieces<I>(I);

impl<I: Iterator> Iterator for Pieces<I> {
    type Item = Vec<I::Item>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.0.by_ref().take(PIECE).collect()).filter(|piece: &Vec<_>| !piece.is_empty())
    }
}

//! Which columns give a field by what stands in their cells: where one column and one field are left that fit each other.

use std::collections::BTreeSet;

use crate::model::schema::{Field, InTime, Record, Type};

use super::{
    fields::{Because, Kind, Taken, field_like, is_of_ids, is_of_names, own},
    likeness::{related, says_otherwise},
};

/// The columns of a table, as far as it is known what they hold.
pub(super) struct Held<'a> {
    pub names: &'a [String],
    pub cells: &'a [Vec<&'a str>],
    pub kinds: &'a [Kind],
}

/// What may still be given by what. It is worked out once, since there may be thousands of columns.
struct Open<'r> {
    fields: Vec<&'r Field>,
    /// Of each column, which of the fields its cells and its heading allow.
    allowed: Vec<Vec<usize>>,
    /// Of each column, whether it is called like what things are called.
    is_name: Vec<bool>,
}

impl<'r> Open<'r> {
    fn of(held: &Held, record: &'r Record, given: &[Taken<'r>]) -> Open<'r> {
        let fields: Vec<&Field> = own(record).filter(|field| field.time == InTime::Once).collect();
        let columns = held.names.iter().zip(held.kinds).zip(held.cells).zip(given);
        let allowed = columns.map(|(((heading, kind), cells), given)| {
            // Below no heading may stand what a comma cut off, and what a heading says in words of the policy is not overruled by
            // what stands below it.
            let is_open = given.is_none() && !heading.is_empty() && !is_of_ids(heading) && *kind != Kind::Empty;
            if !is_open || !related(heading, record).is_empty() || field_like(heading, record).is_some() {
                return Vec::new();
            }
            let may_give = |field: &Field| kind.fits(&field.ty, cells) && !says_otherwise(heading, field);
            fields.iter().enumerate().filter(|(_, field)| may_give(field)).map(|(at, _)| at).collect()
        });
        let allowed = allowed.collect();
        Open { fields, allowed, is_name: held.names.iter().map(|heading| is_of_names(heading)).collect() }
    }

    /// Of each column the fields that it may give, as long as nothing else gives them.
    fn left(&self, held: &Held, given: &[Taken], taken: &BTreeSet<&str>) -> Vec<Vec<usize>> {
        let is_free = |at: usize| given.get(at) == Some(&None);
        let is_amounts = |at: usize| held.kinds.get(at) == Some(&Kind::Amounts);
        // Where one column has amounts with their currencies, bare numbers are rather no amounts.
        let amounts = (0..self.allowed.len()).any(|at| {
            let heading = held.names.get(at).map_or("", String::as_str);
            is_amounts(at) && is_free(at) && !heading.is_empty() && !is_of_ids(heading)
        });
        let is_left = |at: usize, field: &Field| {
            !taken.contains(field.name.as_str()) && (field.ty != Type::Money || !amounts || is_amounts(at))
        };
        let of = |(at, allowed): (usize, &Vec<usize>)| {
            let left = allowed.iter().filter(|field| self.fields.get(**field).is_some_and(|field| is_left(at, field)));
            if is_free(at) { left.copied().collect() } else { Vec::new() }
        };
        self.allowed.iter().enumerate().map(of).collect()
    }

    /// The columns that may give each field.
    fn rivals(&self, left: &[Vec<usize>]) -> Vec<Vec<usize>> {
        let mut rivals = vec![Vec::new(); self.fields.len()];
        for (at, fields) in left.iter().enumerate() {
            for field in fields {
                rivals.get_mut(*field).into_iter().for_each(|all| all.push(at));
            }
        }
        rivals
    }

    /// Whether a column is the only one that may give a field, or of several texts the one that is called so, or else the first.
    fn is_the_one(&self, at: usize, field: &Field, rivals: &[usize]) -> bool {
        let says_so = |at: usize| self.is_name.get(at) == Some(&true);
        let mut rivals = rivals.iter().copied().filter(|other| *other != at).peekable();
        let may_be_a_name = field.ty == Type::Text && field.name.contains("name");
        rivals.peek().is_none()
            || may_be_a_name
                && rivals
                    .filter(|other| says_so(*other) || !says_so(at))
                    .all(|other| other > at && (says_so(at) || !says_so(other)))
    }
}

/// Gives fields to the columns that alone fit them.
pub(super) fn by_contents<'r>(
    held: &Held,
    record: &'r Record,
    (given, taken): (&mut [Taken<'r>], &mut BTreeSet<&'r str>),
) {
    let open = Open::of(held, record, given);
    let mut more = true;
    while more {
        more = false;
        let mut left = open.left(held, given, taken);
        let mut rivals = open.rivals(&left);
        for at in 0..held.names.len() {
            let Some([one]) = left.get(at).map(Vec::as_slice) else { continue };
            let (Some(field), Some(others)) = (open.fields.get(*one), rivals.get(*one)) else { continue };
            // What refers to another record is for a person to say, but a text may be that as well.
            if field.ty.referred().is_some() || !open.is_the_one(at, field, others) {
                continue;
            }
            taken.insert(&field.name);
            given.get_mut(at).into_iter().for_each(|given| *given = Some((&field.name, Because::Holds)));
            left = open.left(held, given, taken);
            rivals = open.rivals(&left);
            more = true;
        }
    }
}

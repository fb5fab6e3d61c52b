//! The parts of an `.xls`, which is a file system of its own: whether each of them comes to an end. One that leads back into itself
//! would be read without end.

/// Sectors from here on are none, but say what another one is for.
const FIRST_RESERVED: u32 = 0xffff_fffa;
/// A part that is shorter stands in the short sectors of the first part.
const SHORT: u64 = 4096;
const SHORT_SECTOR: usize = 64;
const ENTRY: usize = 128;

/// Whether all parts that such a file names come to an end within it. Of what is no such file nothing is said.
pub(super) fn ends(bytes: &[u8]) -> bool {
    let Some(file) = Compound::of(bytes) else { return true };
    let Some((folder, shorts)) = file.folder().zip(file.shorts()) else { return false };
    folder.as_chunks::<ENTRY>().0.iter().map(Entry::of).all(|entry| {
        // The root, whose part holds the short sectors, a part, or neither.
        match entry.kind {
            5 => file.leads(&file.table, entry.start, (entry.length, file.sector)),
            2 if entry.length < SHORT => file.leads(&shorts, entry.start, (entry.length, SHORT_SECTOR)),
            2 => file.leads(&file.table, entry.start, (entry.length, file.sector)),
            _ => true,
        }
    })
}

/// The part that has the first of these names which there is.
pub(super) fn part_called(bytes: &[u8], names: &[&str]) -> Option<Vec<u8>> {
    let file = Compound::of(bytes)?;
    let folder = file.folder()?;
    let entries: Vec<Entry> = folder.as_chunks::<ENTRY>().0.iter().map(Entry::of).collect();
    let called = |name: &&str| entries.iter().find(|entry| entry.kind == 2 && entry.name.eq_ignore_ascii_case(name));
    let entry = names.iter().find_map(called)?;
    let mut part = if entry.length < SHORT {
        let root = entries.iter().find(|entry| entry.kind == 5)?;
        let all = file.part(&file.table, root.start, root.length)?;
        let sectors = file.chain(&file.shorts()?, entry.start, (entry.length, SHORT_SECTOR))?;
        let sectors = sectors.into_iter().filter_map(|at| {
            let start = (at as usize).checked_mul(SHORT_SECTOR)?;
            all.get(start..start.saturating_add(SHORT_SECTOR).min(all.len()))
        });
        sectors.flatten().copied().collect()
    } else {
        file.part(&file.table, entry.start, entry.length)?
    };
    part.truncate(usize::try_from(entry.length).unwrap_or(usize::MAX));
    Some(part)
}

/// What the folder says of a part.
struct Entry {
    name: String,
    kind: u8,
    start: u32,
    length: u64,
}

impl Entry {
    fn of(bytes: &[u8; ENTRY]) -> Entry {
        let (letters, _) = bytes.split_at(64);
        let units = letters.as_chunks::<2>().0.iter().map(|two| u16::from_le_bytes(*two)).take_while(|unit| *unit != 0);
        Entry {
            name: char::decode_utf16(units).map(|sign| sign.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(),
            kind: bytes.get(66).copied().unwrap_or(0),
            start: number(bytes, 116).unwrap_or(FIRST_RESERVED),
            length: u64::from(number(bytes, 120).unwrap_or(0)),
        }
    }
}

struct Compound<'b> {
    bytes: &'b [u8],
    sector: usize,
    /// Which sector follows each.
    table: Vec<u32>,
}

impl<'b> Compound<'b> {
    fn of(bytes: &'b [u8]) -> Option<Compound<'b>> {
        let sector = match bytes.get(30..32)? {
            [9, 0] => 512,
            [12, 0] => 4096,
            _ => return None,
        };
        let mut file = Compound { bytes, sector, table: Vec::new() };
        let mut parts: Vec<u32> = numbers(bytes.get(76..512)?).collect();
        let mut next = file.first_number(68)?;
        // More of them than the file has room for lead in a circle, which whoever reads them sees.
        let most = bytes.len().checked_div(sector)?;
        for _ in 0..most {
            let Some(more) = file.sector(next).filter(|_| next < FIRST_RESERVED) else { break };
            parts.extend(numbers(more));
            next = parts.pop()?;
        }
        let used = parts.into_iter().filter(|part| *part < FIRST_RESERVED).take(most.saturating_add(1));
        file.table = used.filter_map(|part| file.sector(part)).flat_map(numbers).collect();
        Some(file)
    }

    fn folder(&self) -> Option<Vec<u8>> {
        self.first_number(48).and_then(|start| self.part(&self.table, start, u64::MAX))
    }

    /// Which short sector follows each.
    fn shorts(&self) -> Option<Vec<u32>> {
        match self.first_number(60).zip(self.first_number(64)) {
            Some((start, many)) if many > 0 => {
                let length = u64::from(many).saturating_mul(self.sector as u64);
                Some(numbers(&self.part(&self.table, start, length)?).collect())
            }
            _ => Some(Vec::new()),
        }
    }

    fn first_number(&self, at: usize) -> Option<u32> {
        number(self.bytes, at)
    }

    fn sector(&self, number: u32) -> Option<&'b [u8]> {
        let start = (number as usize).saturating_add(1).checked_mul(self.sector)?;
        self.bytes.get(start..start.saturating_add(self.sector).min(self.bytes.len()))
    }

    /// Whether so long a part that begins here is all there.
    fn leads(&self, table: &[u32], start: u32, (length, sector): (u64, usize)) -> bool {
        self.chain(table, start, (length, sector)).is_some()
    }

    /// The sectors of a part; nothing where they lead in a circle, or nowhere.
    fn chain(&self, table: &[u32], start: u32, (length, sector): (u64, usize)) -> Option<Vec<u32>> {
        let (mut chain, mut at) = (Vec::new(), start);
        while at < FIRST_RESERVED && (chain.len() as u64).saturating_mul(sector as u64) < length {
            if chain.len() > table.len() {
                return None;
            }
            chain.push(at);
            at = *table.get(at as usize)?;
        }
        Some(chain)
    }

    fn part(&self, table: &[u32], start: u32, length: u64) -> Option<Vec<u8>> {
        let chain = self.chain(table, start, (length, self.sector))?;
        Some(chain.into_iter().filter_map(|sector| self.sector(sector)).flatten().copied().collect())
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.saturating_add(4))?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four))
}

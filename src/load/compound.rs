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
    let Some(folder) = file.first_number(48).and_then(|start| file.part(&file.table, start, u64::MAX)) else {
        return false;
    };
    let shorts = file.first_number(60).zip(file.first_number(64));
    let shorts = match shorts {
        Some((start, many)) if many > 0 => {
            let length = u64::from(many).saturating_mul(file.sector as u64);
            let Some(table) = file.part(&file.table, start, length) else { return false };
            numbers(&table).collect()
        }
        _ => Vec::new(),
    };
    let entries = folder.as_chunks::<ENTRY>().0;
    entries.iter().all(|entry| {
        let (kind, start) = (entry.get(66).copied().unwrap_or(0), number(entry, 116).unwrap_or(FIRST_RESERVED));
        let length = u64::from(number(entry, 120).unwrap_or(0));
        // The root, whose part holds the short sectors, a part, or neither.
        match kind {
            5 => file.leads(&file.table, start, (length, file.sector)),
            2 if length < SHORT => file.leads(&shorts, start, (length, SHORT_SECTOR)),
            2 => file.leads(&file.table, start, (length, file.sector)),
            _ => true,
        }
    })
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

//! What a long run is doing, told on a terminal: the last line, from the first second on. In a pipe there is none.
//! It never says how much is left: nobody knows before it is done.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::output::{CLEAR, Output, To};
use crate::render::visible;

/// So long nothing is told: most runs are over by then.
const PATIENCE: Duration = Duration::from_secs(1);
/// So often the line moves.
const BEAT: Duration = Duration::from_millis(150);
const BEATS: [&str; 4] = ["|", "/", "-", "\\"];

/// The line; it goes away with this.
pub struct Progress(Option<(Sender<String>, JoinHandle<()>)>);

impl Progress {
    /// Begins to wait. On what is no terminal, and where words stand for drawings, nothing is ever told.
    pub fn begin(output: &Output) -> Progress {
        if !output.moves(To::Messages) {
            return Progress(None);
        }
        let width = output.look(To::Messages).width;
        let (tell, told) = mpsc::channel();
        let line = Arc::clone(&output.line);
        let draw = move || draw(&told, width, &line);
        Progress(thread::Builder::new().spawn(draw).ok().map(|thread| (tell, thread)))
    }

    /// Says what is being done from now on.
    pub fn now(&self, words: String) {
        if let Some((tell, _)) = &self.0 {
            let _ = tell.send(words);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((tell, thread)) = self.0.take() {
            drop(tell);
            let _ = thread.join();
        }
    }
}

/// Draws until nobody tells any more, then leaves the line as it was. Whoever writes there in between finds it so, too.
fn draw(told: &mpsc::Receiver<String>, width: usize, line: &AtomicBool) {
    let mut words = String::new();
    let mut waited = Duration::ZERO;
    for beat in BEATS.iter().cycle() {
        match told.recv_timeout(BEAT) {
            Ok(new) => words = visible::line(&new),
            Err(RecvTimeoutError::Timeout) => waited = waited.saturating_add(BEAT),
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if waited >= PATIENCE {
            line.store(true, Ordering::Relaxed);
            let shown: String = format!("{beat} {words}").chars().take(width.saturating_sub(1)).collect();
            let _ = write!(io::stderr(), "{CLEAR}{shown}");
        }
    }
    if line.swap(false, Ordering::Relaxed) {
        let _ = write!(io::stderr(), "{CLEAR}");
    }
}

//! Solvers that read SMT-LIB 2, each a process that is kept open, so that its start does not count.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How long a solver may take for one question.
pub const LIMIT: Duration = Duration::from_secs(10);

/// How much longer it is waited for before it is ended.
const PATIENCE: Duration = Duration::from_secs(3);

/// What a solver says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// There is such a request.
    Sat,
    /// There is none.
    Unsat,
    /// Neither, within the limit.
    TimedOut,
    /// It gives up, or reports an error.
    Unknown(String),
}

/// A solver that can be started.
#[derive(Debug, Clone)]
pub struct Solver {
    /// What it says its version is.
    pub version: String,
    command: &'static [&'static str],
}

/// The solvers that are installed. Each keeps the limit by itself where it can.
#[must_use]
pub fn installed() -> Vec<Solver> {
    const KNOWN: [&[&str]; 2] = [
        &["z3", "-in", "-t:10000"],
        &["cvc5", "--lang=smt2", "--incremental", "--strings-exp", "--tlimit-per=10000"],
    ];
    let version = |command: &&'static [&'static str]| {
        let program = command.first()?;
        let said = Command::new(program).arg("--version").output().ok()?;
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        let is_number = |word: &&str| word.starts_with(|first: char| first.is_ascii_digit());
        let number = said.split_whitespace().find(is_number).unwrap_or("?");
        Some(Solver { version: format!("{program} {number}"), command })
    };
    KNOWN.iter().filter_map(version).collect()
}

/// A solver that runs.
#[derive(Debug)]
pub struct Session {
    solver: Solver,
    process: Child,
    input: ChildStdin,
    lines: Receiver<String>,
}

impl Session {
    /// Starts a solver.
    ///
    /// # Panics
    ///
    /// It does not start.
    #[must_use]
    pub fn start(solver: &Solver) -> Self {
        let (program, arguments) = solver.command.split_first().expect("a command has a name");
        let mut process = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("what told its version starts");
        let input = process.stdin.take().expect("it has an input");
        let output = process.stdout.take().expect("it has an output");
        let (sender, lines) = channel();
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Self { solver: solver.clone(), process, input, lines }
    }

    /// Asks for a script without `(check-sat)`, and how long the check alone takes: reading the
    /// script does not count.
    pub fn ask(&mut self, script: &str) -> (Answer, Duration) {
        let is_read = self.say(&format!("(reset)\n{script}(echo \"read\")\n"));
        let read = is_read.then(|| self.hear(LIMIT + PATIENCE)).flatten();
        let begin = Instant::now();
        let answer = match read.as_deref() {
            Some("read") => {
                let _ = self.say("(check-sat)\n");
                self.hear(LIMIT + PATIENCE)
            }
            // An error, or nothing.
            other => other.map(str::to_owned),
        };
        let taken = begin.elapsed();
        let answer = match answer.as_deref() {
            Some("sat") => Answer::Sat,
            Some("unsat") => Answer::Unsat,
            Some(_) | None if taken >= LIMIT => Answer::TimedOut,
            Some(other) => Answer::Unknown(other.to_owned()),
            None => Answer::Unknown("it ended".into()),
        };
        if matches!(answer, Answer::TimedOut | Answer::Unknown(_)) {
            // Whatever it still prints belongs to no later question.
            self.end();
            *self = Self::start(&self.solver.clone());
        }
        (answer, taken)
    }

    /// The values of variables, after [`Answer::Sat`], as the solver prints them.
    pub fn values(&mut self, variables: &str) -> Vec<String> {
        if !self.say(&format!("(get-value ({variables}))\n(echo \"end\")\n")) {
            return Vec::new();
        }
        std::iter::from_fn(|| self.hear(PATIENCE)).take_while(|line| line != "end").collect()
    }

    fn say(&mut self, text: &str) -> bool {
        self.input.write_all(text.as_bytes()).and_then(|()| self.input.flush()).is_ok()
    }

    /// The next line that is printed.
    fn hear(&self, limit: Duration) -> Option<String> {
        match self.lines.recv_timeout(limit) {
            // Some print the text of `echo` with its quotes.
            Ok(line) => Some(line.trim().trim_matches('"').to_owned()),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => None,
        }
    }

    fn end(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.end();
    }
}

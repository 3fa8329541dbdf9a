//! A PostgreSQL server of a test's own, in a temporary folder.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use postgres::{Client, Config, NoTls};
use tempfile::TempDir;

/// The password of the user `kurabe`.
pub(crate) const PASSWORD: &str = "s3cret pass";

/// A running server; it ends with the test.
pub(crate) struct Server {
    folder: TempDir,
    port: u16,
    child: Child,
}

impl Server {
    /// Starts a server with the superuser `kurabe` and the database `plans`; `None`, and a word
    /// about it, where PostgreSQL is not installed.
    pub(crate) fn start() -> Option<Self> {
        let Some(binaries) = binaries() else {
            eprintln!("SKIPPED: no PostgreSQL below /usr/lib/postgresql and no initdb on the path");
            return None;
        };
        let folder = tempfile::Builder::new().prefix("kpg").tempdir().unwrap();
        let data = folder.path().join("data");
        let secret = folder.path().join("secret");
        fs::write(&secret, PASSWORD).unwrap();
        open_to_all(folder.path());
        open_to_all(&secret);
        let made = as_somebody(&binaries.join("initdb"))
            .args(["--no-sync", "--auth=scram-sha-256", "--username=kurabe"])
            .args(["--encoding=UTF8", "--locale=C"])
            .arg(format!("--pwfile={}", secret.display()))
            .arg(&data)
            .output()
            .unwrap();
        assert!(made.status.success(), "{made:?}");
        let port = free_port();
        let child = as_somebody(&binaries.join("postgres"))
            .arg("-D")
            .arg(&data)
            .args(["-p", &port.to_string(), "-c", "listen_addresses=127.0.0.1"])
            .args(["-c", "unix_socket_directories=", "-c", "fsync=off"])
            .args(["-c", "max_connections=20"])
            .stdout(Stdio::null())
            .stderr(fs::File::create(folder.path().join("log")).unwrap())
            .spawn()
            .unwrap();
        let server = Self {
            folder,
            port,
            child,
        };
        server
            .admin()
            .batch_execute("CREATE DATABASE plans")
            .unwrap();
        Some(server)
    }

    fn config(&self, user: &str, database: &str) -> Config {
        let mut config = Config::new();
        config.host("127.0.0.1").port(self.port).user(user);
        config.password(PASSWORD).dbname(database);
        config
    }

    /// The maintenance database, once the server answers.
    fn admin(&self) -> Client {
        for _ in 0..300 {
            if let Ok(client) = self.config("kurabe", "postgres").connect(NoTls) {
                return client;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let log = fs::read_to_string(self.folder.path().join("log"));
        panic!("the server does not answer: {log:?}");
    }

    /// A connection to the database.
    pub(crate) fn client(&self) -> Client {
        self.client_of("kurabe")
    }

    /// A connection of somebody with the same password.
    pub(crate) fn client_of(&self, user: &str) -> Client {
        self.config(user, "plans").connect(NoTls).unwrap()
    }

    /// Port on the loopback.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// The address without a password.
    pub(crate) fn url(&self) -> String {
        self.url_of("kurabe")
    }

    /// The address of somebody else.
    pub(crate) fn url_of(&self, user: &str) -> String {
        format!("postgres://{user}@127.0.0.1:{}/plans", self.port)
    }
}

impl Drop for Server {
    /// An immediate shutdown: nothing of it is kept. It goes to the server itself, as the process
    /// that was started may only stand for it.
    fn drop(&mut self) {
        let pid = fs::read_to_string(self.folder.path().join("data/postmaster.pid"));
        let pid = pid
            .ok()
            .and_then(|text| text.lines().next().map(str::to_owned));
        if let Some(pid) = pid {
            let _ = Command::new("kill").args(["-QUIT", &pid]).status();
        } else {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

/// The newest PostgreSQL of Debian's kind, or the one on the path.
fn binaries() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let folders = versions.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let has_server = |folder: &PathBuf| folder.join("initdb").is_file();
    let newest = |folder: &PathBuf| {
        let version = folder.parent()?.file_name()?.to_str()?;
        version.parse::<u32>().ok()
    };
    let installed = folders.filter(has_server).max_by_key(newest);
    installed.or_else(|| std::env::split_paths(&path).find(has_server))
}

/// PostgreSQL refuses to be run by root: then somebody without rights runs it.
fn as_somebody(program: &Path) -> Command {
    let uid = Command::new("id").arg("-u").output().unwrap().stdout;
    if uid.trim_ascii() != b"0" {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"])
        .arg(program);
    command
}

fn open_to_all(path: &Path) {
    fs::set_permissions(path, fs::Permissions::from_mode(0o777)).unwrap();
}

/// A port that nobody uses.
fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().port()
}

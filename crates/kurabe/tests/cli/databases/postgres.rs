//! A real server: what is loaded, what stays when a load is killed, and how long it takes.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use kurabe::cli::{DatabaseVariables, Secret};
use kurabe::disk::Disk;
use postgres::Client;

use super::server::{PASSWORD, Server};
use super::{LANGUAGES, ask, published_rows};
use crate::support::{Answer, Project, run_in};

/// The documents that come with the program may take 2 s where this program is built for use and
/// nothing else runs; here it is built for debugging, and other tests run.
const LONGEST: Duration = Duration::from_secs(20);

fn home() -> PathBuf {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    home.unwrap().to_owned()
}

fn variables(server: &Server) -> DatabaseVariables {
    DatabaseVariables {
        url: Some(Secret::new(server.url())),
        password: Some(Secret::new(PASSWORD.to_owned())),
        ..DatabaseVariables::default()
    }
}

fn count(client: &mut Client, query: &str) -> i64 {
    client.query_one(query, &[]).unwrap().get(0)
}

/// The rows of a published dataset are those of the schema.
fn assert_loaded(client: &mut Client, out: &Path) {
    for (table, rows) in published_rows(out) {
        let query = format!("SELECT count(*) FROM kurabe.\"{table}\"");
        assert_eq!(
            count(client, &query),
            i64::try_from(rows).unwrap(),
            "{table}"
        );
    }
}

/// One text over all rows of all tables: counts cannot hide a torn dataset.
fn whole(client: &mut Client, out: &Path) -> String {
    let texts: Vec<String> = published_rows(out)
        .iter()
        .map(|(table, _)| {
            format!("(SELECT coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM kurabe.\"{table}\" t)")
        })
        .collect();
    let query = format!("SELECT {}", texts.join(" || "));
    client.query_one(&query, &[]).unwrap().get(0)
}

fn load(places: &str, database: &DatabaseVariables, language: &str) -> Answer {
    let line = format!("export {places} --to postgres");
    let answer = ask(&home(), language, &line, database);
    assert!(answer.code < 2, "{answer:?}");
    answer
}

#[test]
fn the_bundled_municipalities_stay_whole_whatever_happens_to_a_load() {
    let Some(server) = Server::start() else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let places = format!("--normalized {0}/n --out {0}/out", folder.path().display());
    let made = run_in(&home(), Disk::default(), &format!("run {places}"));
    assert!(made.code < 2, "{made:?}");

    let began = Instant::now();
    load(&places, &variables(&server), "en").has("Loaded");
    let took = began.elapsed();
    assert!(took < LONGEST, "{took:?}");
    let mut client = server.client();
    assert_loaded(&mut client, &out);
    for language in LANGUAGES {
        let none = ["変わった行：0", "(0 rows changed)"];
        let told = none[usize::from(language == "en")];
        load(&places, &variables(&server), language).has(told);
    }
    killed_half_way(&server, &mut client, &out);
}

/// Another dataset is on its way, and the process ends without a word while half of the tables
/// are changed.
fn killed_half_way(server: &Server, client: &mut Client, out: &Path) {
    let before = whole(client, out);
    let other = Project::with_bundled_document();
    // By the real program, as its results are not taken up by another build.
    let made = program(&other).args(["run", "--quiet"]).status().unwrap();
    assert!(made.code() < Some(2), "{made}");
    let mut holder = server.client();
    let mut held = holder.transaction().unwrap();
    // Readers go on, whoever changes the table waits: the load stands still in the middle.
    held.batch_execute("LOCK TABLE kurabe.kpis IN SHARE MODE")
        .unwrap();
    let is_done = AtomicBool::new(false);
    thread::scope(|scope| {
        let poller = scope.spawn(|| {
            let (mut reader, mut looks) = (server.client(), 0);
            while !is_done.load(Ordering::Relaxed) {
                assert_eq!(whole(&mut reader, out), before);
                looks += 1;
            }
            looks
        });
        let mut child = start(server, &other);
        let half_way = wait_until_half_way(client);
        child.kill().unwrap();
        let status = child.wait().unwrap();
        held.rollback().unwrap();
        wait_until_gone(client);
        is_done.store(true, Ordering::Relaxed);
        assert!(half_way, "the load was not seen in the middle");
        assert_eq!(status.code(), None, "{status}");
        assert!(poller.join().unwrap() > 0);
    });
    assert_eq!(whole(client, out), before);
    let after = start(server, &other).wait().unwrap();
    assert!(after.code() < Some(2), "{after}");
    assert_loaded(client, &other.path("out"));
    assert_ne!(whole(client, out), before);
}

/// The real program in the folder of a project.
fn program(project: &Project) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kurabe"));
    command
        .current_dir(project.path("."))
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// It loads the dataset of a project.
fn start(server: &Server, project: &Project) -> Child {
    program(project)
        .args(["export", "--quiet", "--to", "postgres", "--url"])
        .arg(server.url())
        .env("PGPASSWORD", PASSWORD)
        .spawn()
        .unwrap()
}

/// Whether somebody has changed `measures` and waits for `kpis`.
fn wait_until_half_way(client: &mut Client) -> bool {
    let query = "SELECT count(*) FROM pg_locks waits JOIN pg_locks has USING (pid) \
        WHERE NOT waits.granted AND waits.relation = 'kurabe.kpis'::regclass \
        AND has.granted AND has.relation = 'kurabe.measures'::regclass \
        AND has.mode = 'RowExclusiveLock'";
    wait(|| count(client, query) > 0)
}

/// Whether no loader is connected any more.
fn wait_until_gone(client: &mut Client) {
    let query = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'";
    assert!(wait(|| count(client, query) == 0));
}

fn wait(mut is_so: impl FnMut() -> bool) -> bool {
    for _ in 0..600 {
        if is_so() {
            return true;
        }
        sleep(Duration::from_millis(50));
    }
    false
}

#[test]
fn the_server_says_what_is_wrong_and_no_password_is_shown() {
    let Some(server) = Server::start() else {
        return;
    };
    let project = Project::new();
    project.run("run");
    let wrong = "wr0ng-w0rd";
    let cases = [
        (server.url(), wrong, ["認めません", "refuses the user"]),
        (
            server.url().replace("/plans", "/none"),
            PASSWORD,
            ["データベースがありません", "no such database"],
        ),
    ];
    for (url, password, told) in cases {
        for (language, told) in LANGUAGES.iter().zip(told) {
            let around = DatabaseVariables {
                url: Some(Secret::new(url.clone())),
                password: Some(Secret::new(password.to_owned())),
                ..DatabaseVariables::default()
            };
            let answer = ask(
                &project.path("."),
                language,
                "export --to postgres",
                &around,
            );
            answer.code(3).has(told);
            let all = format!("{}{}", answer.out, answer.err);
            assert!(!all.contains(wrong) && !all.contains(PASSWORD), "{all}");
        }
    }
}

//! What of some folders an app needs: its modules, those that they import, and the files and metadata of their packages.
//!
//! A folder such as a `site-packages` holds much that an app never sees. So a *unit*, a module or package at the top of a folder, is
//! taken, whole, when its name stands behind `import` or `from` in a unit that was taken. That is more than runs: what the app imports
//! late, or under a condition, is there.

mod beside;
mod imports;
pub mod threads;
mod tokens;
mod unit;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use onramp_python_runtime::app::Module;

pub(crate) use imports::of as imports_of;
use unit::Unit;

/// What of some folders an app needs.
#[derive(Clone, Debug, Default)]
pub struct Bundle {
    /// The modules.
    pub modules: Vec<Module>,
    /// Other files: the path below their folder, and the content.
    pub files: Vec<(String, Vec<u8>)>,
    /// Native modules, which cannot run: the full name and the file.
    pub natives: Vec<(String, String)>,
    /// The files `componentize-py.toml`: the path below their folder, and the file.
    pub settings: Vec<(String, PathBuf)>,
}

/// What says which WIT a package has, and where its bindings are.
const SETTINGS: &str = "componentize-py.toml";

impl Bundle {
    /// The bundle of an app, which is a module's full name. Folders that come first win.
    ///
    /// # Errors
    /// When there is no such module, or a file cannot be read.
    pub fn read(app: &str, folders: &[PathBuf]) -> Result<Self> {
        Bundle::read_with(app, &[], folders)
    }

    /// As [`Bundle::read`], with other modules and what they can reach, whether the app imports them or not.
    ///
    /// # Errors
    /// When there is no module of the app, or a file cannot be read.
    pub fn read_with(app: &str, others: &[String], folders: &[PathBuf]) -> Result<Self> {
        let mut bundle = Bundle::default();
        let others = others.iter().map(|name| top(name).to_owned());
        let (mut wanted, mut taken) = (others.chain([top(app).to_owned()]).collect::<Vec<_>>(), BTreeSet::new());
        while let Some(name) = wanted.pop() {
            if !taken.insert(name.clone()) {
                continue;
            }
            for unit in units(&name, folders)? {
                let first = bundle.modules.len();
                bundle.add(unit)?;
                wanted.extend(bundle.modules[first..].iter().flat_map(|module| imports::of(&module.source)));
            }
        }
        if !bundle.modules.iter().any(|module| module.name == app) {
            bail!("{}", missing(app, folders));
        }
        for folder in folders {
            bundle.metadata(folder, &taken)?;
        }
        bundle.prefer_sources();
        // A file may be named beside its folder, and by several modules.
        let mut seen = BTreeSet::new();
        bundle.files.retain(|(path, _)| seen.insert(path.clone()));
        Ok(bundle)
    }

    /// The places in the modules that start threads, the app's first: file, line, and what starts one.
    pub fn thread_starts(&self) -> Vec<(&str, threads::Start)> {
        let places = |module: &'_ Module| threads::of(&module.source);
        self.modules.iter().flat_map(|module| places(module).into_iter().map(|start| (&*module.file, start))).collect()
    }

    /// Leaves out native modules whose source in Python is beside them: wheels of what mypyc or Cython compiles have both.
    fn prefer_sources(&mut self) {
        let names: BTreeSet<&str> = self.modules.iter().map(|module| &*module.name).collect();
        self.natives.retain(|(name, _)| !names.contains(&**name));
    }

    fn add(&mut self, unit: Unit) -> Result<()> {
        match unit {
            Unit::Module(name, path) => {
                let source = read(&path)?;
                let folder = path.parent().unwrap_or(Path::new("."));
                for name in beside::of(&source, folder) {
                    self.data(&name, &folder.join(&name))?;
                }
                self.modules.extend(Module::at(&format!("{name}.py"), source));
                Ok(())
            }
            Unit::Native(name, path) => {
                self.natives.push((name, path.display().to_string()));
                Ok(())
            }
            Unit::Package(name, path) => {
                let mut inside = Bundle::default();
                inside.folder(&name, &path)?;
                // A folder without modules only happens to have the name.
                if !inside.modules.is_empty() || !inside.natives.is_empty() {
                    self.modules.append(&mut inside.modules);
                    self.files.append(&mut inside.files);
                    self.natives.append(&mut inside.natives);
                    self.settings.append(&mut inside.settings);
                }
                Ok(())
            }
        }
    }

    /// Adds what is in a package's folder; `place` is the path below the folder that the package is in.
    fn folder(&mut self, place: &str, folder: &Path) -> Result<()> {
        for path in entries(folder)? {
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            if is_left_out(name) {
                continue;
            }
            let inside = format!("{place}/{name}");
            if path.is_dir() {
                self.folder(&inside, &path)?;
            } else if let Some(stem) = unit::native(name) {
                let module = format!("{place}/{stem}").replace('/', ".");
                self.natives.push((module, path.display().to_string()));
            } else if name.ends_with(".py") {
                self.modules.extend(Module::at(&inside, read(&path)?));
            } else if name == SETTINGS {
                self.settings.push((inside, path));
            } else if !name.ends_with(".pyc") {
                self.files.push((inside, read(&path)?));
            }
        }
        Ok(())
    }

    /// Adds a file, or all files in a folder, as they are.
    fn data(&mut self, place: &str, path: &Path) -> Result<()> {
        if !path.is_dir() {
            self.files.push((place.to_owned(), read(path)?));
            return Ok(());
        }
        for path in entries(path)? {
            match path.file_name().and_then(|name| name.to_str()) {
                Some(name) if !is_left_out(name) => self.data(&format!("{place}/{name}"), &path)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Adds what `importlib.metadata` asks for, of the distributions that have something among these names.
    fn metadata(&mut self, folder: &Path, taken: &BTreeSet<String>) -> Result<()> {
        for path in entries(folder)? {
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            if !name.ends_with(".dist-info") || !path.is_dir() {
                continue;
            }
            let record = fs::read_to_string(path.join("RECORD")).unwrap_or_default();
            let tops = record.lines().filter_map(|line| line.split(['/', ',']).next());
            if !tops.map(|top| top.strip_suffix(".py").unwrap_or(top)).any(|top| taken.contains(top)) {
                continue;
            }
            for file in ["METADATA", "entry_points.txt", "top_level.txt"] {
                let path = path.join(file);
                if path.is_file() {
                    self.files.push((format!("{name}/{file}"), read(&path)?));
                }
            }
        }
        Ok(())
    }
}

/// What is found by a name: one unit, or folders without `__init__.py`, which are one package together (PEP 420).
fn units(name: &str, folders: &[PathBuf]) -> Result<Vec<Unit>> {
    let mut portions = Vec::new();
    for folder in folders {
        match unit::find(name, folder)? {
            Some((unit, unit::Kind::Whole)) => return Ok(vec![unit]),
            Some((unit, unit::Kind::Portion)) => portions.push(unit),
            None => {}
        }
    }
    Ok(portions)
}

/// Whether a file or folder never comes along: it is hidden, or is what Python makes itself.
fn is_left_out(name: &str) -> bool {
    name == "__pycache__" || name.starts_with('.')
}

fn top(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

fn missing(app: &str, folders: &[PathBuf]) -> String {
    // Where packages are installed nobody looks for the app.
    let is_installed = |folder: &&PathBuf| folder.ends_with("site-packages") || folder.ends_with("dist-packages");
    let named = folders.iter().filter(|folder| !is_installed(folder));
    let shown: Vec<String> = named.map(|folder| format!("`{}`", folder.display())).collect();
    let file = format!("{}.py", app.replace('.', "/"));
    format!(
        "there is no module `{app}` in {}: it would be `{file}`; `--python-path` names the folder that it is in",
        shown.join(", ")
    )
}

/// The entries of a folder, in the order of their names.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read the folder `{}`", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("cannot read `{}`", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle(files: &[(&str, &str)]) -> Result<Bundle> {
        let folder = tempfile::tempdir()?;
        for (name, content) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().context("a file is in a folder")?)?;
            fs::write(path, content)?;
        }
        Bundle::read("app", &[folder.path().join("first"), folder.path().join("second")])
    }

    #[test]
    fn what_the_app_can_reach_is_taken_whole() -> Result<()> {
        let bundle = bundle(&[
            ("first/app.py", "import used, twice, json\ndef late():\n    from parts.one import x\n"),
            ("first/twice.py", ""),
            ("first/json/data.txt", "no package"),
            ("first/unused.py", "import pip"),
            ("second/used/__init__.py", ""),
            ("second/used/inner/unseen.py", "import other"),
            ("second/used/words.txt", "words"),
            ("second/used/__pycache__/x.pyc", ""),
            ("second/used/.key", ""),
            ("second/used/fast.abi3.so", ""),
            ("second/used/both.py", ""),
            ("second/used/both.abi3.so", ""),
            ("second/twice.py", "comes too late"),
            ("second/parts/one.py", ""),
            ("second/other.py", ""),
            ("second/pip/__init__.py", ""),
            ("second/used-1.dist-info/METADATA", "of used"),
            ("second/used-1.dist-info/RECORD", "used/__init__.py,,"),
            ("second/pip-1.dist-info/METADATA", "of pip"),
            ("second/pip-1.dist-info/RECORD", "pip/__init__.py,,"),
        ])?;
        let mut modules: Vec<_> = bundle.modules.iter().map(|module| &*module.name).collect();
        modules.sort_unstable();
        assert_eq!(modules, ["app", "other", "parts.one", "twice", "used", "used.both", "used.inner.unseen"]);
        assert!(bundle.modules.iter().all(|module| module.source != b"comes too late"));
        let files: Vec<_> = bundle.files.iter().map(|(path, _)| &**path).collect();
        assert_eq!(files, ["used/words.txt", "used-1.dist-info/METADATA"]);
        let natives: Vec<_> = bundle.natives.iter().map(|(name, _)| &**name).collect();
        assert_eq!(natives, ["used.fast"]);
        Ok(())
    }

    #[test]
    fn what_a_module_names_beside_itself_comes_along() -> Result<()> {
        let bundle = bundle(&[
            (
                "first/app.py",
                "import other\nopen(join(dirname(__file__), 'data', f\"{x}.txt\"))\n'a.txt', './a.txt', 'sub/./b.txt/', 'data//d.py', '/', '.', '.key'\n",
            ),
            ("first/data/c/c.txt", ""),
            ("first/data/d.py", ""),
            ("first/data/__pycache__/d.pyc", ""),
            ("first/data/.key", ""),
            ("first/a.txt", ""),
            ("first/sub/b.txt", ""),
            ("first/sub/x.txt", ""),
            ("first/.key", ""),
            ("first/../up.txt", ""),
            ("first/other.py", "'unnamed.txt', '../up.txt'"),
            ("first/unnamed.txt", ""),
            ("second/x.txt", ""),
        ])?;
        let files: Vec<_> = bundle.files.iter().map(|(path, _)| &**path).collect();
        assert_eq!(files, ["a.txt", "data/c/c.txt", "data/d.py", "sub/b.txt"]);
        let modules: Vec<_> = bundle.modules.iter().map(|module| &*module.name).collect();
        assert_eq!(modules, ["app", "other"]);
        Ok(())
    }

    #[test]
    fn an_app_may_be_in_a_package() -> Result<()> {
        let folder = tempfile::tempdir()?;
        fs::create_dir(folder.path().join("my"))?;
        fs::write(folder.path().join("my/app.py"), "")?;
        let folders = [folder.path().to_owned()];
        assert_eq!(Bundle::read("my.app", &folders)?.modules[0].name, "my.app");
        let error = Bundle::read("my.ap", &folders).expect_err("there is none").to_string();
        assert!(error.starts_with("there is no module `my.ap` in `"), "{error}");
        assert!(
            error.ends_with("`: it would be `my/ap.py`; `--python-path` names the folder that it is in"),
            "{error}"
        );
        Ok(())
    }
}

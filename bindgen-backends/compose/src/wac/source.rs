//! The text of a WAC document: what may be said in it, the packages that it names, and where in it an error is.

use anyhow::{Error, Result, bail, ensure};
use semver::Version;
use wac_graph::types::BorrowedPackageKey;
use wac_parser::{Document, Expr, ImportType, InstantiationArgument, PrimaryExpr, Statement};

use crate::upstream::caught;

/// How deep a document may be nested: its parser calls itself for what is in brackets.
const DEPTH: usize = 64;

/// A document's text.
pub struct Source<'s> {
    /// The text.
    pub text: &'s str,
    /// What it is called in messages.
    pub path: &'s str,
}

/// A package that a document names.
pub struct Mention<'d> {
    name: &'d str,
    version: Option<&'d Version>,
    offset: usize,
}

impl<'s> Source<'s> {
    /// Parses the document.
    ///
    /// # Errors
    /// When it is no WAC document, or defines types: a graph has none of its own.
    pub fn parse(&self) -> Result<Document<'s>> {
        self.check_depth()?;
        let document = caught(|| Document::parse(self.text).map_err(|error| self.told(error)))?;
        for statement in &document.statements {
            match statement {
                Statement::Type(_) => bail!(
                    "`{}`: it defines types, which a composition cannot export: leave them to the components",
                    self.path
                ),
                Statement::Import(import) if !matches!(import.ty, ImportType::Package(_)) => bail!(
                    "{}: `{}` is imported with a type that the document defines: name an interface of a package, or leave \
                     the import to `...`",
                    self.at(import.id.span.offset()),
                    import.id.string
                ),
                Statement::Import(_) | Statement::Let(_) | Statement::Export(_) => {}
            }
        }
        Ok(document)
    }

    /// Where an offset is.
    pub fn at(&self, offset: usize) -> String {
        let before = self.text.get(..offset).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|&character| character != '\n').count() + 1;
        format!("`{}`, line {line}, column {column}", self.path)
    }

    /// An error of wac-parser, with its place.
    pub fn told<E: miette::Diagnostic + Send + Sync + 'static>(&self, error: E) -> Error {
        let first = error.labels().and_then(|labels| labels.min_by_key(|label| !label.primary()));
        let place = first.map_or_else(|| format!("`{}`", self.path), |label| self.at(label.offset()));
        Error::new(error).context(place)
    }

    fn check_depth(&self) -> Result<()> {
        let mut depth = 0usize;
        for (offset, character) in self.text.char_indices() {
            match character {
                '(' | '{' | '[' | '<' => depth += 1,
                ')' | '}' | ']' | '>' => depth = depth.saturating_sub(1),
                _ => {}
            }
            ensure!(depth <= DEPTH, "{}: it is nested deeper than {DEPTH} brackets", self.at(offset));
        }
        Ok(())
    }
}

impl<'d> Mention<'d> {
    /// The packages that a document names, without its own.
    pub fn all(document: &'d Document<'d>) -> Vec<Self> {
        let mut all = Vec::new();
        let directive = &document.directive;
        for statement in &document.statements {
            match statement {
                Statement::Import(import) => {
                    if let ImportType::Package(path) = &import.ty {
                        let offset = path.span.offset();
                        all.push(Mention { name: path.name, version: path.version.as_ref(), offset });
                    }
                }
                Statement::Let(statement) => Self::of_expression(&statement.expr, &mut all),
                Statement::Export(statement) => Self::of_expression(&statement.expr, &mut all),
                Statement::Type(_) => {}
            }
        }
        if let Some(path) = &directive.targets {
            all.push(Mention { name: path.name, version: path.version.as_ref(), offset: path.span.offset() });
        }
        all.retain(|mention| mention.name != directive.package.name);
        all
    }

    fn of_expression(expression: &'d Expr<'d>, all: &mut Vec<Self>) {
        match &expression.primary {
            PrimaryExpr::New(new) => {
                let (package, offset) = (&new.package, new.package.span.offset());
                all.push(Mention { name: package.name, version: package.version.as_ref(), offset });
                for argument in &new.arguments {
                    if let InstantiationArgument::Named(named) = argument {
                        Self::of_expression(&named.expr, all);
                    }
                }
            }
            PrimaryExpr::Nested(nested) => Self::of_expression(&nested.inner, all),
            PrimaryExpr::Ident(_) => {}
        }
    }

    /// What wac-parser knows it by.
    pub fn key(&self) -> BorrowedPackageKey<'d> {
        BorrowedPackageKey::from_name_and_version(self.name, self.version)
    }

    /// Where its name is.
    pub fn offset(&self) -> usize {
        self.offset
    }
}

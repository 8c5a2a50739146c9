//! The addresses of a REST service as a tree of their segments: of however many operations, a path
//! is compared with the few whose templates begin as it does.

/// Says which operations a path fits, by their places in a list.
#[derive(Debug, Default)]
pub struct Addresses(Node);

/// What templates have behind the same beginning.
#[derive(Debug, Default)]
struct Node {
    /// Segments that a path has to have just so, in order.
    literals: Vec<(Box<str>, Node)>,
    /// Segments with a label, of which anything is taken but nothing.
    labels: Vec<(Label, Node)>,
    /// Greedy labels, by how many segments come after them.
    greedy: Vec<(usize, Node)>,
    /// The operations whose templates end here.
    ends: Vec<u32>,
}

/// What stands around a label in its segment.
#[derive(Debug, PartialEq, Eq)]
struct Label {
    before: Box<str>,
    after: Box<str>,
}

/// An operation whose template a path fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    pub place: u32,
    /// How many segments are literal in both.
    pub same: usize,
}

impl Addresses {
    /// Of templates without their queries, each with the place of its operation.
    pub fn of<'t>(templates: impl Iterator<Item = (u32, &'t str)>) -> Self {
        let mut root = Node::default();
        for (place, template) in templates {
            root.add(template, place);
        }
        root.shrink();
        Self(root)
    }

    /// The operations that a path without its query fits.
    pub fn fitting(&self, path: &str) -> Vec<Fit> {
        let mut fitting = Vec::new();
        self.0.fitting(Some(path), 0, &mut fitting);
        fitting
    }
}

impl Node {
    fn add(&mut self, template: &str, place: u32) {
        let mut node = self;
        let mut segments = template.split('/');
        while let Some(segment) = segments.next() {
            node = match segment.split_once('{') {
                Some(_) if is_greedy(segment) => {
                    node_of(&mut node.greedy, segments.clone().count())
                }
                Some((before, label)) => {
                    let after = label.split_once('}').map_or("", |(_, after)| after);
                    let (before, after) = (before.into(), after.into());
                    node_of(&mut node.labels, Label { before, after })
                }
                None => node.literal(segment),
            };
        }
        node.ends.push(place);
    }

    fn literal(&mut self, segment: &str) -> &mut Self {
        let at = match self.find(segment) {
            Ok(at) => at,
            Err(at) => {
                let node = Self::default();
                self.literals.insert(at, (segment.into(), node));
                at
            }
        };
        &mut self.literals[at].1
    }

    fn find(&self, segment: &str) -> Result<usize, usize> {
        let literals = &self.literals;
        literals.binary_search_by(|(literal, _)| (**literal).cmp(segment))
    }

    /// It stays as it is as long as the proxy runs.
    fn shrink(&mut self) {
        self.literals.shrink_to_fit();
        self.labels.shrink_to_fit();
        self.greedy.shrink_to_fit();
        self.ends.shrink_to_fit();
        let literals = self.literals.iter_mut().map(|(_, node)| node);
        let labels = self.labels.iter_mut().map(|(_, node)| node);
        let greedy = self.greedy.iter_mut().map(|(_, node)| node);
        literals.chain(labels).chain(greedy).for_each(Self::shrink);
    }

    /// `rest` is what the path has from here on, none where it has ended.
    fn fitting(&self, rest: Option<&str>, same: usize, fitting: &mut Vec<Fit>) {
        let Some(rest) = rest else {
            let ends = self.ends.iter();
            fitting.extend(ends.map(|place| Fit {
                place: *place,
                same,
            }));
            return;
        };
        let (segment, next) = match rest.split_once('/') {
            Some((segment, next)) => (segment, Some(next)),
            None => (rest, None),
        };
        if let Ok(at) = self.find(segment) {
            self.literals[at].1.fitting(next, same + 1, fitting);
        }
        for (label, node) in &self.labels {
            if label.takes_of(segment) {
                node.fitting(next, same, fitting);
            }
        }
        for (behind, node) in &self.greedy {
            if let Some((taken, left)) = parted(rest, *behind)
                && taken.bytes().any(|byte| byte != b'/')
            {
                node.fitting(left, same, fitting);
            }
        }
    }
}

impl Label {
    fn takes_of(&self, segment: &str) -> bool {
        let rest = segment.strip_prefix(&*self.before);
        let taken = rest.and_then(|rest| rest.strip_suffix(&*self.after));
        taken.is_some_and(|taken| !taken.is_empty())
    }
}

pub fn is_greedy(segment: &str) -> bool {
    segment.starts_with('{') && segment.ends_with("+}")
}

fn node_of<K: PartialEq>(nodes: &mut Vec<(K, Node)>, key: K) -> &mut Node {
    let at = match nodes.iter().position(|(own, _)| *own == key) {
        Some(at) => at,
        None => {
            nodes.push((key, Node::default()));
            nodes.len() - 1
        }
    };
    &mut nodes[at].1
}

/// What a greedy label takes, and the segments that it leaves to so many `behind` it. None where it
/// would get no segment.
fn parted(rest: &str, behind: usize) -> Option<(&str, Option<&str>)> {
    let Some(nth) = behind.checked_sub(1) else {
        return Some((rest, None));
    };
    let (at, _) = rest.rmatch_indices('/').nth(nth)?;
    Some((&rest[..at], Some(&rest[at + 1..])))
}

#[cfg(test)]
mod tests {
    use super::{Addresses, Fit};

    #[test]
    fn a_template_fits_whole_segments() {
        let cases = [
            ("/", "/", Some(2)),
            ("/{Bucket}", "/b", Some(1)),
            ("/{Bucket}", "/", None),
            ("/{Bucket}", "/b/k", None),
            ("/{Bucket}/{Key+}", "/b/a/b/c", Some(1)),
            ("/{Bucket}/{Key+}", "/b/", None),
            ("/{Bucket}/{Key+}", "/b//", None),
            ("/{Bucket}/{Key+}", "/b//c/", Some(1)),
            ("/tags/{Arn+}/end", "/tags/a/b/end", Some(3)),
            ("/tags/{Arn+}/end", "/tags/end", None),
            ("/tags/{Arn+}/end/{Id}", "/tags/end/end/end", Some(3)),
            ("/tags/{Arn+}/end/{Id}", "/tags/a/end/", None),
            ("/v1/{Name}:run", "/v1/x:run", Some(2)),
            ("/v1/{Name}:run", "/v1/:run", None),
            ("/v1/{Name}:run", "/v1/x", None),
            ("/v1/things/", "/v1/things/", Some(4)),
            ("/v1/things/", "/v1/things", None),
        ];
        for (template, path, same) in cases {
            let found = Addresses::of([(7, template)].into_iter()).fitting(path);
            let expected = same.map(|same| Fit { place: 7, same });
            assert_eq!(found, Vec::from_iter(expected), "{template} {path}");
        }
    }

    #[test]
    fn all_templates_that_fit_are_found() {
        let templates = [
            "/a/{X}", "/a/b", "/{X+}", "/a/{Y}", "/{X}/b", "/a/{X}:c", "/c",
        ];
        let addresses = Addresses::of((0..).zip(templates));
        let mut found: Vec<_> = addresses.fitting("/a/b").into_iter().collect();
        found.sort_by_key(|it| it.place);
        let found: Vec<_> = found.iter().map(|it| (it.place, it.same)).collect();
        assert_eq!(found, [(0, 2), (1, 3), (2, 1), (3, 2), (4, 2)]);
    }
}

//! Smithy's simple types, and the shapes of them that every model may use.

use super::{Model, Shape, ShapeId, ShapeKind, Traits};

/// What stands for no input, no output, and a member of a union that says all by being there.
pub(super) const UNIT: &str = "smithy.api#Unit";

impl Model {
    /// The shapes every model may use without defining them.
    pub(super) fn add_prelude(&mut self) {
        let names = [
            ("String", "string"),
            ("Boolean", "boolean"),
            ("PrimitiveBoolean", "boolean"),
            ("Byte", "byte"),
            ("PrimitiveByte", "byte"),
            ("Short", "short"),
            ("PrimitiveShort", "short"),
            ("Integer", "integer"),
            ("PrimitiveInteger", "integer"),
            ("Long", "long"),
            ("PrimitiveLong", "long"),
            ("Float", "float"),
            ("PrimitiveFloat", "float"),
            ("Double", "double"),
            ("PrimitiveDouble", "double"),
            ("BigInteger", "bigInteger"),
            ("BigDecimal", "bigDecimal"),
            ("Timestamp", "timestamp"),
            ("Blob", "blob"),
            ("Document", "document"),
        ];
        for (name, kind) in names {
            self.insert(Shape {
                id: ShapeId::new(format!("smithy.api#{name}")),
                kind: simple(kind).unwrap_or_else(|| ShapeKind::Other(kind.into())),
                traits: Traits::default(),
            });
        }
        self.insert(Shape {
            id: ShapeId::new(UNIT),
            kind: ShapeKind::Structure(Vec::new()),
            traits: Traits::default(),
        });
    }
}

fn integer(min: i64, max: i64) -> ShapeKind {
    ShapeKind::Integer { min, max }
}

/// The simple types of Smithy.
pub fn simple(kind: &str) -> Option<ShapeKind> {
    Some(match kind {
        "string" => ShapeKind::String,
        "boolean" => ShapeKind::Boolean,
        "byte" => integer(i8::MIN.into(), i8::MAX.into()),
        "short" => integer(i16::MIN.into(), i16::MAX.into()),
        "integer" | "intEnum" => integer(i32::MIN.into(), i32::MAX.into()),
        "long" => integer(i64::MIN, i64::MAX),
        "float" => ShapeKind::Float,
        "double" => ShapeKind::Double,
        "bigInteger" => ShapeKind::BigInteger,
        "bigDecimal" => ShapeKind::BigDecimal,
        "timestamp" => ShapeKind::Timestamp,
        "blob" => ShapeKind::Blob,
        "document" => ShapeKind::Document,
        // What a member of a union has that says all by being there.
        "unit" => ShapeKind::Structure(Vec::new()),
        _ => return None,
    })
}

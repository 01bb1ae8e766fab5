//! Tables in and out, over the PyCapsule interface of Arrow: no package of Python is needed for it.

mod blocks;
pub(crate) mod capsule;
pub(crate) mod clean;
pub(crate) mod column;
pub(crate) mod rows;
pub(crate) mod stream;

pub(crate) use capsule::batches_of;

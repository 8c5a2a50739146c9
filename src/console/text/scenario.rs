//! Scenarios, and the state of the sandbox.

pub const TRY_SCENARIO: &str = "Try a scenario";
pub const TRY_SCENARIO_HINT: &str =
    "See how success and failure look. Starting a scenario resets the sandbox.";
pub const SCENARIOS: &str = "Scenarios";
pub const SCENARIOS_HINT: &str = "Success, partial failure, a busy or slow service, a lost answer.";
pub const RESET_SANDBOX: &str = "Reset the sandbox";
pub const RESET: &str = "Reset";
pub const RESET_QUESTION: &str =
    "What was done in the sandbox will be lost, unless you save its state to a file first.";
pub const SAVE_SANDBOX: &str = "Save its state to a file";
pub const LOAD_SANDBOX: &str = "Load a state from a file";
pub const SANDBOX_RESET: &str = "Sandbox reset.";
pub const SANDBOX_SAVED: &str = "The state of the sandbox was handed to the browser to save.";
pub const FILE_NOT_SAVED: &str = "The browser did not take the file.";
pub const SANDBOX_LOADED: &str = "The sandbox has the state of the file.";
pub const FILE_NOT_READ: &str = "The file can't be read as text.";

pub fn scenario(title: &str) -> String {
    format!("Scenario: {title}")
}

/// One of the faults that can be asked for.
pub fn fault(name: &str, what: &str) -> String {
    format!("fault-{name}: {what}")
}

pub fn faults(faults: &[String]) -> String {
    format!(
        "In any form, a token or identifier that contains one of these asks for it. {}",
        faults.join(" ")
    )
}

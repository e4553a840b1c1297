//! The checklists compiled into the program.

/// Areas: file stem and text.
pub(super) const AREAS: [(&str, &str); 5] = [
    ("emergency", include_str!("../../checklists/areas/emergency.toml")),
    ("pharmacy", include_str!("../../checklists/areas/pharmacy.toml")),
    ("infection-control", include_str!("../../checklists/areas/infection-control.toml")),
    ("tcm", include_str!("../../checklists/areas/tcm.toml")),
    ("institution", include_str!("../../checklists/areas/institution.toml")),
];

/// Profiles: file stem and text.
pub(super) const PROFILES: [(&str, &str); 4] = [
    ("township", include_str!("../../checklists/profiles/township.toml")),
    ("community", include_str!("../../checklists/profiles/community.toml")),
    ("community-hospital", include_str!("../../checklists/profiles/community-hospital.toml")),
    ("village", include_str!("../../checklists/profiles/village.toml")),
];

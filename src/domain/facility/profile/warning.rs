//! What fields of a profile say against each other or against the visit: told beside the field, never a refusal.

use crate::domain::{
    facility::profile::{FacilityProfile, ProfileField, ProfileValue},
    terms::amount::Amount,
};

/// Fewest digits of a telephone number; our own default (local numbers have seven).
const PHONE_DIGITS: usize = 7;

/// Something to look at again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProfileWarning {
    /// The name is not that of the visit; the form wants the one on the licence.
    OtherName {
        /// The facility of the visit.
        visit: String,
    },
    /// A telephone number with too few digits.
    ShortPhone,
    /// More health technicians than staff.
    TechniciansAboveStaff {
        /// Health technicians.
        technicians: u64,
        /// Staff.
        staff: u64,
    },
    /// A larger area for services than the whole building has.
    BusinessAboveBuilding {
        /// The area for services.
        business: Amount,
        /// The building's.
        building: Amount,
    },
    /// Visits or discharges without the year they are of.
    FiguresWithoutYear,
    /// Lead and deputies filled it in differently.
    Contested(ProfileField),
}

impl ProfileWarning {
    /// The field it is told with.
    #[must_use]
    pub const fn field(&self) -> ProfileField {
        match self {
            Self::OtherName { .. } => ProfileField::Name,
            Self::ShortPhone => ProfileField::Phone,
            Self::TechniciansAboveStaff { .. } => ProfileField::Technicians,
            Self::BusinessAboveBuilding { .. } => ProfileField::BusinessArea,
            Self::FiguresWithoutYear => ProfileField::Year,
            Self::Contested(field) => *field,
        }
    }
}

impl FacilityProfile {
    /// What to look at again, in the order of the form. `facility` is the facility of the visit.
    #[must_use]
    pub fn warnings(&self, facility: &str) -> Vec<ProfileWarning> {
        let text = |field| match self.get(field) {
            Some(ProfileValue::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        let mut found: Vec<ProfileWarning> =
            self.contested().map(|(field, _)| ProfileWarning::Contested(field)).collect();
        if text(ProfileField::Name).is_some_and(|name| name != facility) {
            found.push(ProfileWarning::OtherName { visit: facility.to_owned() });
        }
        let digits = |phone: &str| phone.chars().filter(|c| c.is_numeric()).count();
        if text(ProfileField::Phone).is_some_and(|phone| digits(phone) < PHONE_DIGITS) {
            found.push(ProfileWarning::ShortPhone);
        }
        if let (Some(technicians), Some(staff)) =
            (self.count(ProfileField::Technicians), self.count(ProfileField::Staff))
            && technicians > staff
        {
            found.push(ProfileWarning::TechniciansAboveStaff { technicians, staff });
        }
        if let (Some(business), Some(building)) =
            (self.area(ProfileField::BusinessArea), self.area(ProfileField::BuildingArea))
            && business > building
        {
            found.push(ProfileWarning::BusinessAboveBuilding { business, building });
        }
        let figures = [ProfileField::Visits, ProfileField::Discharges];
        if self.year().is_none() && figures.iter().any(|field| self.get(*field).is_some()) {
            found.push(ProfileWarning::FiguresWithoutYear);
        }
        found.sort_by_key(ProfileWarning::field);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(values: &[(ProfileField, &str)]) -> FacilityProfile {
        let mut profile = FacilityProfile::default();
        for (field, text) in values {
            profile.set(*field, field.read(text).unwrap().unwrap());
        }
        profile
    }

    fn warned(values: &[(ProfileField, &str)]) -> Vec<ProfileField> {
        profile(values).warnings("青禾镇卫生院").iter().map(ProfileWarning::field).collect()
    }

    #[test]
    fn fields_that_contradict_are_told_and_equal_ones_are_not() {
        use ProfileField as Of;
        assert_eq!(warned(&[(Of::Staff, "10"), (Of::Technicians, "10")]), []);
        assert_eq!(warned(&[(Of::Staff, "10"), (Of::Technicians, "11")]), [Of::Technicians]);
        assert_eq!(warned(&[(Of::Technicians, "11")]), [], "unfinished is not wrong");
        assert_eq!(warned(&[(Of::BuildingArea, "800.5"), (Of::BusinessArea, "800.5")]), []);
        assert_eq!(
            warned(&[(Of::BuildingArea, "800.5"), (Of::BusinessArea, "800.5001")]),
            [Of::BusinessArea]
        );
        assert_eq!(warned(&[(Of::Visits, "1")]), [Of::Year]);
        assert_eq!(warned(&[(Of::Visits, "1"), (Of::Year, "2025")]), []);
        assert_eq!(warned(&[(Of::Name, "青禾镇卫生院"), (Of::Phone, "0971-1234567")]), []);
        assert_eq!(warned(&[(Of::Phone, "12345"), (Of::Name, "青禾卫生院")]), [Of::Name, Of::Phone]);
    }
}

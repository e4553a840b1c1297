//! The facility under review: its type, the stage at which it is reviewed, and what its profile says of it.

pub mod profile;

use crate::domain::terms::{field::words, lang::Lang};

words! {
    /// The type of a facility.
    FacilityType {
        /// 乡镇卫生院
        Township = "township", "乡镇卫生院", "Township health centre";
        /// 社区卫生服务中心
        Community = "community", "社区卫生服务中心", "Community health centre";
        /// 社区医院
        CommunityHospital = "community-hospital", "社区医院", "Community hospital";
        /// 村卫生室/服务站
        Village = "village", "村卫生室/服务站", "Village clinic";
    }
}

words! {
    /// At which stage of the review a visit takes place (seed S2·F20, S3·F22, S1·F31).
    Stage {
        /// 自评
        SelfReview = "self", "自评", "Self-review";
        /// 县级
        County = "county", "县级", "County";
        /// 市级
        City = "city", "市级", "City";
        /// 省级
        Province = "province", "省级", "Province";
        /// 抽查
        SpotCheck = "spot-check", "抽查", "Spot check";
        /// 回头看
        LookBack = "look-back", "回头看", "Look-back";
        /// 校准: members score cases to be compared with each other; never a result of the facility.
        Calibration = "calibration", "校准", "Calibration";
    }
}

impl Stage {
    /// Whose visit it is, where the stage says it: spot checks and look-backs are held at several tiers (seed S1).
    #[must_use]
    pub const fn tier(self) -> Option<Tier> {
        match self {
            Self::SelfReview => Some(Tier::Facility),
            Self::County => Some(Tier::County),
            Self::City => Some(Tier::City),
            Self::Province => Some(Tier::Province),
            Self::SpotCheck | Self::LookBack | Self::Calibration => None,
        }
    }
}

words! {
    /// Whose visit it is.
    Tier {
        /// 机构
        Facility = "facility", "机构", "Facility";
        /// 县级
        County = "county", "县级", "County";
        /// 市级
        City = "city", "市级", "City";
        /// 省级
        Province = "province", "省级", "Province";
    }
}

words! {
    /// The standard that a facility applied for (seed S3).
    Applied {
        /// 基本标准
        Basic = "basic", "基本标准", "Basic standard";
        /// 推荐标准
        Recommended = "recommended", "推荐标准", "Recommended standard";
    }
}

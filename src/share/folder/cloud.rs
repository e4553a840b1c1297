//! Folders that a cloud client copies behind our back: a lock there reaches the others too late, or as a file of its own.

use std::path::Path;

/// The clients, each with the names their folders begin with, in lower case. The rest of a name may say whose it is:
/// `OneDrive - 卫健委`, `Dropbox (Personal)`, `GoogleDrive-someone@example.org`.
const CLIENTS: [(&str, &[&str]); 7] = [
    ("OneDrive", &["onedrive"]),
    ("Dropbox", &["dropbox"]),
    ("iCloud", &["iclouddrive", "icloud drive", "icloud云盘", "mobile documents", "com~apple~clouddocs"]),
    ("坚果云", &["nutstore", "nutstorefiles", "坚果云", "我的坚果云"]),
    (
        "百度网盘",
        &[
            "baidunetdisk",
            "baidunetdiskworkspace",
            "baidusyncdisk",
            "baiduyun",
            "百度网盘",
            "百度网盘同步空间",
            "百度云同步盘",
        ],
    ),
    ("WPS 云盘", &["wpsdrive", "wps cloud files", "wps云盘", "wps 云盘", "wps网盘", "wps云文档"]),
    ("Google Drive", &["google drive", "googledrive", "google 云端硬盘", "google云端硬盘", "我的云端硬盘"]),
];

/// The cloud client whose folder a path lies in, by the names of the folders above it.
#[must_use]
pub fn client_of(path: &Path) -> Option<&'static str> {
    path.components().find_map(|component| {
        let name = component.as_os_str().to_string_lossy().to_lowercase();
        let is_its = |known: &&str| {
            name.strip_prefix(*known).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        CLIENTS.iter().find(|(_, names)| names.iter().any(is_its)).map(|(client, _)| *client)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_cloud_clients_are_known_and_others_are_not_taken_for_them() {
        for (path, client) in [
            ("/home/a/OneDrive/核查/visit.hecha", Some("OneDrive")),
            ("/mnt/c/Users/a/OneDrive - 卫健委/visit.hecha", Some("OneDrive")),
            ("/Users/a/Library/CloudStorage/OneDrive-Personal/visit.hecha", Some("OneDrive")),
            ("/home/a/Dropbox (Personal)/visit.hecha", Some("Dropbox")),
            ("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/visit.hecha", Some("iCloud")),
            ("/mnt/c/Users/a/iCloudDrive/visit.hecha", Some("iCloud")),
            ("/home/a/Nutstore Files/我的坚果云/visit.hecha", Some("坚果云")),
            ("/mnt/d/我的坚果云/visit.hecha", Some("坚果云")),
            ("/mnt/d/BaiduSyncdisk/visit.hecha", Some("百度网盘")),
            ("/mnt/d/百度网盘同步空间/visit.hecha", Some("百度网盘")),
            ("/mnt/d/WPS云盘/visit.hecha", Some("WPS 云盘")),
            ("/mnt/c/Users/a/WPSDrive/123/visit.hecha", Some("WPS 云盘")),
            ("/Users/a/Library/CloudStorage/GoogleDrive-a@example.org/visit.hecha", Some("Google Drive")),
            ("/mnt/g/我的云端硬盘/visit.hecha", Some("Google Drive")),
            ("/media/a/USB/visit.hecha", None),
            ("/home/a/Dropbox资料/visit.hecha", None),
            ("/home/a/onedrives/visit.hecha", None),
            ("/home/a/坚果云集/visit.hecha", None),
        ] {
            assert_eq!(client_of(Path::new(path)), client, "{path}");
        }
    }
}

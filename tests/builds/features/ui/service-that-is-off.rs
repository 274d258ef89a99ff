use ram_policy::{Request, YundunWaf};

fn main() {
    let typed = Request::new(ram_policy::Oss::GetObject, "*");
    let imported = Request::new(YundunWaf::DescribeDomains, "*");
    println!("{typed:?} {imported:?}");
}

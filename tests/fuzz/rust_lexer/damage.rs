mod m {
    fn a() {
        if x(" {
            y("z {}", [1);
<<<<<<< HEAD
    }
=======
        }
>>>>>>> other
    fn b() {
    }
}
r#"

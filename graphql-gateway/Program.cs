Console.WriteLine("osst");

using System;

namespace nanoFramework.TestFramework
{
    public class TestMethodAttribute : Attribute
    {
    }
}

using System;

namespace nanoFramework.TestFramework
{
    public class DataRowAttribute : Attribute
    {
        public DataRowAttribute(params object[] methodParameters)
        {
        }
    }
}

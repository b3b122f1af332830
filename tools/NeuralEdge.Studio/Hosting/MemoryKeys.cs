using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace NeuralEdge.Studio.Hosting;

/// <summary>Keys of a server that lives for an afternoon: nothing of them is to be left in the user's folders.</summary>
internal sealed class MemoryKeys : IXmlRepository
{
    private readonly List<XElement> _keys = [];

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (_keys)
        {
            return [.. _keys];
        }
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        lock (_keys)
        {
            _keys.Add(element);
        }
    }
}

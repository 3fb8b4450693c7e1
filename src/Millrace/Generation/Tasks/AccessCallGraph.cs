namespace Millrace.Generation.Tasks;

/// <summary>The services of a task, their endpoints and who calls whom. There is no cycle in it.</summary>
sealed class AccessCallGraph
{
    readonly List<string> _services = [];
    readonly Dictionary<AccessCall, AccessEndpoint> _endpoints = [];

    public AccessCallGraph(TaskNode task)
    {
        var dependencies = new List<(AccessEndpoint Endpoint, TaskNode Node)>();
        foreach (var service in task.Objects("services"))
        {
            var name = service.FileName("name");
            _services.Add(name);
            foreach (var node in service.Objects("endpoints"))
            {
                dependencies.Add((Add(node, name), node));
            }
        }

        foreach (var (endpoint, node) in dependencies)
        {
            endpoint.Dependencies.AddRange(node.Objects("dependencies").Select(Find));
        }

        new CycleCheck().Visit(_endpoints.Values);
    }

    public IReadOnlyList<string> Services => _services;

    /// <summary>The endpoint that a call of the task means.</summary>
    public AccessEndpoint Find(TaskNode node)
    {
        var call = AccessCall.Read(node);
        if (_endpoints.TryGetValue(call, out var endpoint))
        {
            return endpoint;
        }

        throw _services.Contains(call.Service)
            ? node.Wrong(
                "relativeUrl", $"with httpMethod names {call.Method} {call.RelativeUrl}, which {call.Service} does not have{KnownEndpoints(call.Service)}")
            : node.Wrong("serviceName", $"is '{call.Service}'; expected one of {string.Join(", ", _services)}");
    }

    AccessEndpoint Add(TaskNode node, string service)
    {
        var call = new AccessCall(service, node.Text("httpMethod"), node.Text("relativeUrl"));
        var endpoint = new AccessEndpoint(call, _services.IndexOf(service));
        return _endpoints.TryAdd(call, endpoint) ? endpoint : throw node.Wrong("relativeUrl", $"repeats the endpoint {call}");
    }

    string KnownEndpoints(string service)
    {
        var known = _endpoints.Keys.Where(call => call.Service == service).Select(call => $"{call.Method} {call.RelativeUrl}").ToList();
        return known.Count == 0 ? "" : $"; it has {string.Join(", ", known)}";
    }

    sealed class CycleCheck
    {
        readonly HashSet<AccessEndpoint> _done = [];
        readonly List<AccessEndpoint> _way = [];

        public void Visit(IEnumerable<AccessEndpoint> endpoints)
        {
            foreach (var endpoint in endpoints.Where(endpoint => !_done.Contains(endpoint)))
            {
                var again = _way.IndexOf(endpoint);
                if (again >= 0)
                {
                    var cycle = _way.Skip(again).Append(endpoint).Select(step => step.Call.ToString());
                    throw new UserException($"cyclic dependency: {string.Join(" -> ", cycle)}");
                }

                _way.Add(endpoint);
                Visit(endpoint.Dependencies);
                _way.RemoveAt(_way.Count - 1);
                _done.Add(endpoint);
            }
        }
    }
}

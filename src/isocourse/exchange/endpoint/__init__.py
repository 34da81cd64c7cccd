"""What a FHIR server gives of a course: its resources, what they are searched by, what it says."""

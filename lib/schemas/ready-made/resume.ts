import { list, object, text } from './parts.ts';

export const resume = {
  slug: 'resume',
  name: 'Résumé',
  locale: 'en-US',
  priority: 'low',
  instructions: 'Résumés and CVs. Dates are kept as printed, such as "Mar 2019" or "present".',
  fields: object(
    {
      Full_Name: text(['Name', 'Full name'], { description: 'Name of the person, as printed at the top' }),
      Email: { type: 'string', format: 'email', 'x-aliases': ['E-mail', 'Email', 'Mail'] },
      Phone: {
        type: 'string',
        format: 'phone',
        'x-aliases': ['Phone', 'Tel', 'Telephone', 'Mobile', 'Telefon', 'Téléphone', 'Teléfono'],
      },
      Location: text(['Address', 'Location', 'Based in', 'Adresse', 'Wohnort', 'Dirección']),
      Website: { type: 'string', format: 'uri', 'x-aliases': ['Website', 'Web', 'Homepage', 'Portfolio', 'LinkedIn'] },
      Summary: text(['Summary', 'Profile', 'About', 'Objective', 'Profil']),
      Skills: list({ type: 'string' }, ['Skills', 'Technical skills', 'Kenntnisse', 'Compétences', 'Habilidades']),
      Languages: list({ type: 'string' }, ['Languages', 'Sprachen', 'Langues', 'Idiomas']),
      Experience: list(
        object({
          Employer: text(['Company', 'Employer', 'Organization']),
          Title: text(['Title', 'Position', 'Role']),
          Start: text(['Start', 'From']),
          End: text(['End', 'To']),
        }),
        ['Experience', 'Work experience', 'Employment', 'Berufserfahrung', 'Expérience professionnelle'],
      ),
      Education: list(
        object({
          Institution: text(['Institution', 'School', 'University']),
          Degree: text(['Degree', 'Qualification']),
          Year: text(['Year', 'Graduated']),
        }),
        ['Education', 'Ausbildung', 'Formation', 'Educación'],
      ),
    },
    ['Full_Name'],
  ),
  rules: [],
};
